/** A recovery code as it is typed and pasted. Only the core can tell whether it is one. */

export const GROUPS = 8;
export const SIZE = 4;
export const CHECK = 2;

export interface Code {
  groups: string[];
  check: string;
}

export function emptyCode(): Code {
  return { groups: Array.from({ length: GROUPS }, () => ''), check: '' };
}
/** Capitals, without what stands between; O reads as 0, I and L as 1. */
export function tidy(text: string): string {
  return plainly(text).replaceAll('O', '0').replace(/[IL]/g, '1');
}
/** Capitals, without spaces, hyphens and the like. */
export function plainly(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
export function isWhole(code: Code): boolean {
  return code.groups.every((group) => group.length === SIZE) && code.check.length === CHECK;
}

const whole =
  /(?:^|[^0-9a-z])((?:[0-9a-z]{4}[\s\-–]+){7}[0-9a-z]{4})(?![0-9a-z])(?:[^0-9a-z]+(?:[a-z]{3,}[^0-9a-z]+)?([0-9a-z]{2})(?![0-9a-z]))?/i;

/** The code out of what was pasted: alone, or the whole page of the kit. Null if there is none in it. */
export function readCode(text: string): Code | null {
  const found = whole.exec(text);
  const bare = plainly(text);
  const [body, check] =
    found?.[1] !== undefined
      ? [plainly(found[1]), plainly(found[2] ?? '')]
      : bare.length === GROUPS * SIZE || bare.length === GROUPS * SIZE + CHECK
        ? [bare.slice(0, GROUPS * SIZE), bare.slice(GROUPS * SIZE)]
        : ['', ''];
  if (body === '') return null;
  return { groups: Array.from({ length: GROUPS }, (_, i) => body.slice(i * SIZE, (i + 1) * SIZE)), check };
}
