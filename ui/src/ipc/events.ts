/** What the core says unasked. Only this folder knows the host. */
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';

/** Calls `then` at each event of that name, until the returned function is called. */
export function on<T>(name: string, then: (payload: T) => void): () => void {
  let stopped = false;
  const stop = listen<T>(name, (event) => {
    if (!stopped) then(event.payload);
  });
  return () => {
    stopped = true;
    void stop.then((unlisten) => unlisten());
  };
}

/** The size of everything, 0.9 to 1.5. */
export async function zoomTo(scale: number): Promise<void> {
  await getCurrentWebview().setZoom(scale);
}
