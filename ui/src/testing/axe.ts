/**
 * Looks for violations of WCAG 2.1 A and AA in what stands on the page, in both
 * themes and both window sizes: `expect(await violations()).toEqual([])`.
 */
import axe from 'axe-core';
import { page } from 'vitest/browser';

export interface Look {
  width: number;
  height: number;
  theme: 'light' | 'dark';
}
export const LOOKS: readonly Look[] = [
  { width: 1280, height: 800, theme: 'light' },
  { width: 1280, height: 800, theme: 'dark' },
  { width: 960, height: 640, theme: 'light' },
  { width: 960, height: 640, theme: 'dark' },
];

/** What opens rises for 140 ms; half-drawn text has no contrast. */
async function settled(): Promise<void> {
  await document.fonts.ready;
  // One that is called off is over too.
  await Promise.allSettled(document.getAnimations().map((a) => a.finished));
}

export async function violations(looks: readonly Look[] = LOOKS): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await page.viewport(look.width, look.height);
    document.documentElement.dataset.theme = look.theme;
    await settled();
    const result = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      resultTypes: ['violations'],
    });
    for (const v of result.violations) {
      for (const node of v.nodes)
        found.push(
          `${look.width}×${look.height} ${look.theme}: ${v.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`,
        );
    }
  }
  return found;
}
