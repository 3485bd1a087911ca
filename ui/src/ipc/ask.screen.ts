import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Asks from '../testing/Asks.svelte';
import type { Answer } from './call';
import { fake } from './fake';

const ok = (data: string): Answer<string> => ({ status: 'ok', data });

test('the answer is shown, and asked again when the core says something changed', async () => {
  const core = fake({});
  let n = 0;
  await render(Asks, {
    question: async () => {
      n += 1;
      return ok(`answer ${n}`);
    },
  });
  await expect.element(page.getByRole('status')).toHaveTextContent('answer 1');
  await core.changed();
  await expect.element(page.getByRole('status')).toHaveTextContent('answer 2');
});
test('an old answer that comes late is thrown away', async () => {
  const waiting: ((a: Answer<string>) => void)[] = [];
  await render(Asks, { question: () => new Promise<Answer<string>>((done) => waiting.push(done)) });
  await page.getByRole('button').click();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.(ok('new'));
  await expect.element(page.getByRole('status')).toHaveTextContent('new');
  waiting[0]?.(ok('old'));
  await Promise.resolve();
  await expect.element(page.getByRole('status')).toHaveTextContent('new');
});
test('a refusal and a fault are sentences', async () => {
  const shown = await render(Asks, {
    question: async () => ({ status: 'error', error: { kind: 'refused', refusal: { kind: 'disk_full' } } }),
  });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
  await shown.unmount();
  await render(Asks, { question: async () => ({ status: 'error', error: { kind: 'fault', reference: '8F3K' } }) });
  await expect.element(page.getByRole('alert')).toHaveTextContent('Something went wrong, reference 8F3K.');
});
