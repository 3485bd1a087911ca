/** What the core says unasked. Only this folder knows the host. */
import { Channel } from '@tauri-apps/api/core';
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

/** What one long command says while it runs. */
export function channel<T>(then: (said: T) => void): Channel<T> {
  const open = new Channel<T>();
  open.onmessage = then;
  return open;
}

/** The size of everything, 0.9 to 1.5. */
export async function zoomTo(scale: number): Promise<void> {
  await getCurrentWebview().setZoom(scale);
}
