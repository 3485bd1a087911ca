/** Which of three windows is drawn: first run, records that cannot be opened, or the practice. */
export type StageName = 'setup' | 'state' | 'open';

export const stage: { name: StageName } = $state({ name: 'open' });
