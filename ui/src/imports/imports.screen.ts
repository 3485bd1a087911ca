import { beforeEach, expect, test, vi } from 'vitest';
import type { ImportFilter, ImportPage as Page, ImportRow, Mapping, Problem, ProblemKind } from '../ipc/bindings';
import { frame } from '../shell';
import { fake, type Given, page, refuse, render, userEvent, violations } from '../testing';
import Host from '../testing/Host.svelte';
import { run } from './file.svelte';
import ImportPage from './ImportPage.svelte';

const columns = [
  ['Surname', 'Acheampong', 'last_name'],
  ['First name', 'Kwabena', 'first_name'],
  ['E-mail', 'k.acheampong@inbox.example', 'email'],
  ['Mobile', '+233 20 555 0148', 'phone'],
  ['Started', '2025-02-03', 'started'],
  ['Born', '1988-04-12', 'born'],
  ['Referred by', 'A friend', null],
] as const;
const mapping: Mapping = { columns: columns.map((c) => c[2]), dates: null };

function row(
  number: number,
  last: string,
  first: string,
  email: string,
  phone: string,
  started: string | null,
): ImportRow {
  return {
    candidate: {
      row: number,
      last_name: last,
      first_name: first,
      preferred_name: '',
      pronouns: '',
      born: null,
      started,
      emails: [email],
      phones: phone ? [{ number: phone, remark: '' }] : [],
      address: '',
      status: null,
      file_number: '',
      time_zone: '',
      remark: '',
      tags: [],
    },
    problems: [],
    alike: null,
    standing: 'ready',
    take: true,
  };
}
const problem = (number: number, what: ProblemKind, column: number | null = null): Problem => ({
  row: number,
  column,
  header: column === null ? '' : (columns[column - 1]?.[0] ?? ''),
  what,
});
const drawn = (): ImportRow[] => [
  row(1, 'Acheampong', 'Kwabena', 'k.acheampong@inbox.example', '+233 20 555 0148', '2025-02-03'),
  row(2, 'Bianchi', 'Ludovica', 'ludo.bianchi@lettera.example', '+39 06 5550 0182', '2024-11-14'),
  row(
    3,
    'D’Angelo-Fitzwilliam',
    'Persephone Rosalind',
    'persephone.dangelo-fitzwilliam@univ.example',
    '',
    '2025-09-09',
  ),
  {
    ...row(4, 'Kaur', 'Harpreet', 'h.kaur@inbox.example', '+44 7700 900251', '2024-05-13'),
    alike: { kind: 'client', client: 'c-kaur' },
    standing: 'already_a_client',
    take: false,
  },
  {
    ...row(5, 'Lindqvist', 'Åsa', 'asa@lindqvist.example', '+46 70 555 01 12', null),
    problems: [problem(5, { kind: 'not_a_date', seen: '2025-13-02', readings: ['2025-02-13'] }, 5)],
    standing: 'needs_a_look',
    take: false,
  },
  {
    ...row(6, '', '', 'm.elsayed@barid.example', '+20 2 5555 0143', '2025-10-01'),
    problems: [problem(6, { kind: 'no_name' })],
    standing: 'blocked',
    take: false,
  },
  row(7, 'Ngũgĩ', 'Wanjirũ', 'wanjiru.n@barua.example', '+254 700 555 019', '2025-04-22'),
  row(8, 'Tanaka', 'Sora', 'sora.t@tegami.example', '', null),
  row(9, 'Zieliński', 'Wojciech', 'w.zielinski@poczta.example', '+48 601 555 017', '2025-06-17'),
];

/** As much of the core as the window asks: rows, ticks, settled dates. */
function file(rows: ImportRow[]) {
  let held = rows;
  let map = mapping;
  const one = (n: number, change: Partial<ImportRow>) => {
    held = held.map((r) => (r.candidate.row === n ? { ...r, ...change } : r));
  };
  const stands = (filter: ImportFilter) =>
    held.filter(
      (r) => filter === 'all' || r.standing === filter || (filter === 'needs_a_look' && r.standing === 'blocked'),
    );
  return {
    import_page: ({ filter, offset, limit }: { filter: ImportFilter; offset: number; limit: number }): Page => ({
      file_name: 'clients-2025.csv',
      encoding: 'utf8',
      delimiter: ',',
      columns: columns.map(([header, example]) => ({ header, example })),
      mapping: map,
      rows: stands(filter).slice(offset, offset + limit),
      total: stands(filter).length,
      all: held.length,
      ready: stands('ready').length,
      needs_a_look: stands('needs_a_look').length,
      already_a_client: stands('already_a_client').length,
      taken: held.filter((r) => r.take).length,
    }),
    take_import_row: ({ row: n, take }: { row: number; take: boolean }) => void one(n, { take }),
    settle_import_date: ({ row: n }: { row: number }) => void one(n, { problems: [], standing: 'ready', take: true }),
    map_import: ({ mapping: next }: { mapping: Mapping }) => {
      map = next;
      return null;
    },
    close_import: null,
  };
}

let core: ReturnType<typeof fake>;
beforeEach(() => {
  Object.assign(run, { on: false, slow: false, stopping: false, done: 0, of: 0, failure: '' });
  frame.discreet = false;
});
async function show(rows = drawn()) {
  core = fake(file(rows));
  const shown = await render(Host, { screen: ImportPage });
  await expect.element(page.getByRole('heading', { name: 'Check the rows' })).toBeVisible();
  return shown;
}
const asked = (name: string) => core.asked.filter((a) => a.name === name).map((a) => a.args);
const button = (name: string | RegExp) => page.getByRole('button', { name });
const rowOf = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const one = (what: ProblemKind, column: number | null = null): ImportRow[] => [
  {
    ...row(7, 'Ngũgĩ', 'Wanjirũ', 'w@barua.example', '', null),
    problems: [problem(7, what, column)],
    standing: 'needs_a_look',
    take: false,
  },
];

test('without a file the page says what can be read, and reads what is chosen', async () => {
  core = fake({ import_page: null, choose_import: false });
  await render(Host, { screen: ImportPage });
  await expect.element(page.getByRole('heading', { name: 'Import clients' })).toBeVisible();
  await expect.element(page.getByText('goes nowhere else')).toBeVisible();
  expect(await violations()).toEqual([]);
  await button('Choose a file').click();
  await vi.waitFor(() => expect(asked('choose_import')).toHaveLength(1));
  core.answer({ ...file(drawn()), choose_import: true });
  await button('Choose a file').click();
  await expect.element(page.getByRole('heading', { name: 'Check the rows' })).toBeVisible();
});

for (const [reason, said] of [
  ['not_found', 'The file is not there any more, or may not be opened. Nothing was imported.'],
  ['too_large', 'The file is larger than 64 MB. Nothing was imported.'],
  ['empty', 'The file is empty. Nothing was imported.'],
  ['not_text', 'The file does not hold text. Choose a list saved as CSV. Nothing was imported.'],
  ['workbook', 'Open it in the spreadsheet, save it as CSV, and choose that. Nothing was imported.'],
  ['unclosed_quote', 'A quotation mark is opened in row 12, column 3, and never closed. Nothing was imported.'],
  ['too_many_columns', 'The file has more than 500 columns. Nothing was imported.'],
  ['too_many_rows', 'The file has more than 100,000 rows. Nothing was imported.'],
] as const) {
  test(`a file that cannot be read says why: ${reason}`, async () => {
    const [at, column] = reason === 'unclosed_quote' ? [12, 3] : [null, null];
    core = fake({ import_page: null, choose_import: refuse('file_unreadable', { reason, row: at, column }) });
    await render(Host, { screen: ImportPage });
    await button('Choose a file').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent(said);
    if (reason === 'unclosed_quote') expect(await violations()).toEqual([]);
  });
}

test('the rows break no rule of accessibility, and say how they stand', async () => {
  await show();
  expect(await violations()).toEqual([]);
  await expect
    .element(
      page.getByText(
        'From clients-2025.csv: 9 rows. 6 are ready, 2 need a look, 1 is already a client. Nothing is added until you import.',
      ),
    )
    .toBeVisible();
  for (const [name, n] of [
    ['All', 9],
    ['Ready', 6],
    ['Need a look', 2],
    ['Already a client', 1],
  ]) {
    await expect.element(button(`${name} ${n}`)).toBeVisible();
  }
  await expect.element(rowOf('Lindqvist')).toHaveTextContent(/2025-13-02.*Not a date/);
  await expect.element(rowOf('Tanaka')).toHaveTextContent(/Empty.*Empty.*Ready/);
  await button('Need a look 2').click();
  await vi.waitFor(() => expect(page.getByRole('row').elements()).toHaveLength(3));
});

test('the arrows walk, Space ticks, and a date is settled, with the keyboard alone', async () => {
  await show();
  page.getByRole('row', { name: /Kaur/ }).element().focus();
  await expect.element(page.getByText('Row 4: Harpreet Kaur is much like a client you have.')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Open' })).toHaveAttribute('href', '#/clients/c-kaur');
  await userEvent.keyboard(' ');
  await expect.element(button('Import 7 clients')).toBeVisible();
  await expect.element(rowOf('Kaur').getByRole('checkbox')).toBeChecked();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByText('Row 5: which date is 2025-13-02?')).toBeVisible();
  await userEvent.keyboard('{Tab}');
  await expect.element(button('13 Feb 2025')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Import 8 clients')).toBeVisible();
  expect(asked('settle_import_date')).toEqual([{ row: 5, column: 5, date: '2025-02-13' }]);
  await vi.waitFor(() => expect(document.activeElement?.textContent).toContain('Lindqvist'));
  await userEvent.keyboard('{ArrowDown} ');
  await expect.element(page.getByText('Row 6 has no name, so it cannot be imported.')).toBeVisible();
  expect(asked('take_import_row')).toHaveLength(1);
});

test('a settled row leaves the filter, and the arrows stand on its neighbour', async () => {
  await show();
  await button('Need a look 2').click();
  await vi.waitFor(() => expect(page.getByRole('row').elements()).toHaveLength(3));
  await button('Leave empty').click();
  await vi.waitFor(() => expect(page.getByRole('row').elements()).toHaveLength(2));
  expect(asked('settle_import_date')).toEqual([{ row: 5, column: 5, date: null }]);
  await expect.element(page.getByText('Row 6 has no name, so it cannot be imported.')).toBeVisible();
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('TR'));
});

const whys: [ProblemKind, number | null, string][] = [
  [{ kind: 'no_last_name' }, null, 'Row 7 has only one name, Wanjirũ Ngũgĩ. It stands as the last name.'],
  [{ kind: 'not_a_date', seen: 'soon', readings: [] }, 5, 'Row 7: soon is not a date.'],
  [
    { kind: 'not_a_date', seen: '1988-13-02', readings: ['1988-02-13'] },
    6,
    'Row 7: which date of birth is 1988-13-02?',
  ],
  [
    { kind: 'ambiguous_date', seen: '03/02/2025', readings: ['2025-02-03', '2025-03-02'] },
    5,
    'Row 7: which date is 03/02/2025?',
  ],
  [{ kind: 'unlikely_date', seen: '1.1.1720' }, 6, 'Row 7: 1.1.1720 cannot be a date of birth.'],
  [{ kind: 'doubtful_email', seen: 'w@barua' }, 3, 'Row 7: the email w@barua may be wrong. It is kept as it is.'],
  [
    { kind: 'doubtful_phone', seen: '4.47E+11' },
    4,
    'Row 7: the phone number 4.47E+11 may be wrong. It is kept as it is.',
  ],
  [{ kind: 'unknown_status', seen: 'Z3' }, 7, 'Row 7: the status Z3 is not known here. It is kept as a remark.'],
  [
    { kind: 'unknown_time_zone', seen: 'Nairobi' },
    7,
    'Row 7: the time zone Nairobi is not known here. It is kept as a remark.',
  ],
  [{ kind: 'too_long', limit: 200 }, 1, 'Row 7: Surname is too long and was cut at 200 characters.'],
  [{ kind: 'too_long', limit: 2000 }, null, 'Row 7: the text is too long and was cut at 2,000 characters.'],
  [{ kind: 'too_many_columns', limit: 500 }, null, 'Row 7: what comes after 500 cells was not read.'],
  [
    { kind: 'extra_cells', expected: 7, seen: 9 },
    null,
    'Row 7 has 9 cells and the headings 7, so values may stand in the wrong column.',
  ],
  [{ kind: 'unclosed_quote' }, null, 'Row 7: a quotation mark is never closed, so the row cannot be imported.'],
  [{ kind: 'control_characters' }, 1, 'Row 7: characters that cannot be shown were taken out.'],
];
test('every problem has its sentence', async () => {
  for (const [what, column, said] of whys) {
    const shown = await show(one(what, column));
    await expect.element(page.getByText(said, { exact: true })).toBeVisible();
    await shown.unmount();
  }
});

test('a row that asks nothing can be imported all the same; like an earlier row it says which', async () => {
  await show([
    {
      ...row(9, 'Kaur', 'Harpreet', 'h@inbox.example', '', null),
      alike: { kind: 'row', row: 4 },
      standing: 'already_a_client',
      take: false,
    },
  ]);
  await expect.element(rowOf('Kaur')).toHaveTextContent('Like row 4');
  await expect.element(page.getByText('Row 9 is much like row 4 of this file.')).toBeVisible();
  await expect.element(button(/^Import$/)).toBeDisabled();
  await button('Import all the same').click();
  await expect.element(button('Import 1 client')).toBeEnabled();
});

test('day or month first is asked once for the whole file', async () => {
  await show(one({ kind: 'ambiguous_date', seen: '03/02/2025', readings: ['2025-02-03', '2025-03-02'] }, 5));
  await expect.element(page.getByText('Day or month first? 03/02/2025 may be 3 Feb 2025 or 2 Mar 2025.')).toBeVisible();
  expect(await violations()).toEqual([]);
  await button('Month first').click();
  await vi.waitFor(() => expect(asked('map_import')).toEqual([{ mapping: { ...mapping, dates: 'month_first' } }]));
});

test('columns show header and example, and another field reads the rows anew', async () => {
  await show();
  await button('Columns').click();
  await expect.element(page.getByText('k.acheampong@inbox.example').last()).toBeVisible();
  await expect.element(page.getByRole('combobox', { name: 'Referred by' })).toHaveValue('none');
  expect(await violations()).toEqual([]);
  await page.getByRole('combobox', { name: 'Referred by' }).selectOptions('Tags');
  await page.getByRole('radio', { name: 'Day first' }).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(page.getByRole('dialog').elements()).toHaveLength(0));
  expect(asked('map_import')).toEqual([
    { mapping: { columns: [...mapping.columns.slice(0, 6), 'tags'], dates: 'day_first' } },
  ]);
  expect(asked('run_import')).toHaveLength(0);
});

test('an import says how far it is, can be stopped, and then nothing was imported', async () => {
  await show();
  let end: (answer: unknown) => void = () => {};
  core.answer({
    run_import: ({ progress }: Given) => {
      (progress as { onmessage: (now: { done: number; of: number }) => void }).onmessage({ done: 1200, of: 5000 });
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    stop_import: () => end(refuse('stopped')),
  });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByText('1,200 of 5,000')).toBeVisible();
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '1200');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Stopped. Nothing was changed.');
  await expect.element(rowOf('Lindqvist')).toBeVisible();
});

test('an import says that it waits for its backup, and can be stopped then', async () => {
  await show();
  let end: (answer: unknown) => void = () => {};
  core.answer({
    run_import: ({ backup }: Given) => {
      (backup as { onmessage: (far: unknown) => void }).onmessage({ step: 'write', done: 30, of: 40 });
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    stop_import: () => end(refuse('stopped')),
  });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('heading', { name: 'Backing up before the import' })).toBeVisible();
  await expect.element(page.getByText('Writing the backup')).toBeVisible();
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '30');
  expect(await violations()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Stopped. Nothing was changed.');
});
test('afterwards the clients are shown; Esc puts the file away', async () => {
  location.hash = '#/import';
  const shown = await show();
  core.answer({ run_import: 6 });
  await button('Import 6 clients').click();
  await vi.waitFor(() => expect(location.hash).toBe('#/clients'));
  await shown.unmount();
  location.hash = '#/import';
  await show();
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(asked('close_import')).toHaveLength(1));
});

test('five thousand rows are fetched a hundred at a time', async () => {
  await show(Array.from({ length: 5000 }, (_, i) => row(i + 2, `Name${i}`, 'Sora', 's@tegami.example', '', null)));
  await expect.element(button('All 5000')).toBeVisible();
  expect(asked('import_page')[0]).toMatchObject({ offset: 0, limit: 100 });
  page.getByRole('row', { name: /Name0/ }).element().focus();
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(asked('import_page').map((a) => a.offset)).toContain(100));
});

test('discreet mode keeps the rows off the page', async () => {
  frame.discreet = true;
  await show();
  await expect.element(page.getByText('The rows are not shown while discreet.')).toBeVisible();
  expect(document.body.textContent).not.toContain('Lindqvist');
  expect(document.body.textContent).not.toContain('2025-13-02');
});
