import { expect, test } from 'vitest';
import { match } from './router.svelte';

test('a pattern gives its parameters', () =>
  expect(match('/clients/:id/history', '/clients/42/history')).toEqual({ id: '42' }));
test('a longer or shorter path does not fit', () => {
  expect(match('/clients/:id', '/clients')).toBeNull();
  expect(match('/clients/:id', '/clients/42/history')).toBeNull();
});
