/**
 * Places, by the address after the #, and the way one came. A back button is
 * named after the place before; a page says its own name with `nameplace`.
 */
export type Params = Record<string, string>;
export interface Route {
  /** `/clients/:id` */
  path: string;
  /** The entry of the sidebar it belongs to. */
  place: 'today' | 'clients' | 'calendar' | 'notes' | 'settings' | 'guide' | 'none';
  /** The sidebar becomes a rail while it is open. */
  focus?: boolean;
}

interface Stop {
  hash: string;
  name: string;
}

const trail: Stop[] = $state([{ hash: address(), name: '' }]);

/** "/clients/42?find=x" without the question. */
function address(): string {
  const hash = typeof location === 'undefined' ? '' : location.hash.slice(1);
  return hash === '' || hash === '/' ? '/today' : hash;
}

if (typeof window !== 'undefined') {
  window.addEventListener('hashchange', () => {
    const hash = address();
    if (trail.at(-1)?.hash === hash) return;
    if (trail.at(-2)?.hash === hash) trail.pop();
    else trail.push({ hash, name: '' });
    if (trail.length > 50) trail.shift();
  });
}

export const here = {
  /** "/clients/42" */
  get path(): string {
    return (trail.at(-1)?.hash ?? '/today').split('?')[0] ?? '/today';
  },
  /** What follows the "?": `here.query.get('find')`. */
  get query(): URLSearchParams {
    return new URLSearchParams((trail.at(-1)?.hash ?? '').split('?')[1] ?? '');
  },
  /** The name of the place one came from, or "" at the beginning. */
  get from(): string {
    return trail.at(-2)?.name ?? '';
  },
};

/** `go('/clients/42')`. `replace` leaves no way back to this page. */
export function go(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace === true) {
    trail.splice(-1, 1, { hash: path, name: '' });
    history.replaceState(null, '', `#${path}`);
  } else location.hash = path;
}

/** Back to where one came from; without such a place, to `otherwise`. */
export function back(otherwise = '/today'): void {
  const before = trail.at(-2);
  if (before !== undefined) history.back();
  else if (here.path !== otherwise) go(otherwise, { replace: true });
}

/** Says what this page is called on the back button of the next: `nameplace(() => client.name)`. */
export function nameplace(name: () => string): void {
  $effect(() => {
    const stop = trail.at(-1);
    const said = name();
    if (stop !== undefined && stop.name !== said) stop.name = said;
  });
}

/** The parameters when a path fits a pattern, else null. */
export function match(pattern: string, path: string): Params | null {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  const params: Params = {};
  for (const [i, part] of want.entries()) {
    const given = have[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given);
    else if (part !== given) return null;
  }
  return params;
}
