/** What the core says unasked. Only this folder knows the host. */
import { Channel } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';

type Hearer = (payload: never) => void;
/** Who hears each event. The host is told once of each name, however many pages come and go. */
const heard = new Map<string, Set<Hearer>>();

/** Calls `then` at each event of that name, until the returned function is called. */
export function on<T>(name: string, then: (payload: T) => void): () => void {
  let hearers = heard.get(name);
  if (hearers === undefined) {
    const all = new Set<Hearer>();
    heard.set(name, all);
    hearers = all;
    void listen<never>(name, (event) => {
      for (const hearer of [...all]) if (all.has(hearer)) hearer(event.payload);
    });
  }
  const mine: Hearer = (payload: T) => then(payload);
  hearers.add(mine);
  return () => void hearers.delete(mine);
}

/** As in a window just opened, whose host was told of nothing; for tests. */
export function forgetHearers(): void {
  heard.clear();
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
