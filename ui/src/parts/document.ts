/**
 * Between what is stored and what the editor holds. It is read by the same
 * reader that shows it (prose.ts), so that nothing can be shown and then be
 * missing from the editor; and it is written so that this reader finds every
 * character again: a sign that means something in Markdown gets a backslash.
 */
import { type Block, type Inline, readProse } from './prose';

export interface Doc {
  type: string;
  attrs?: { start?: number } | undefined;
  text?: string;
  marks?: { type: string }[];
  content?: Doc[];
}

/** A piece of one paragraph: what is said, and how. A break is "\n". */
interface Run {
  text: string;
  strong: boolean;
  em: boolean;
}

// Reading

export function readDocument(markdown: string): Doc {
  const content = readProse(markdown).map(toNode);
  return { type: 'doc', content: content.length > 0 ? content : [paragraph([])] };
}

function toNode(block: Block): Doc {
  if (block.kind === 'paragraph') return paragraph(runs(block.children));
  const items = block.items.map((item): Doc => {
    const content = item.map(toNode);
    // An item of the editor begins with a paragraph.
    return { type: 'listItem', content: content[0]?.type === 'paragraph' ? content : [paragraph([]), ...content] };
  });
  return block.ordered
    ? { type: 'orderedList', attrs: { start: block.start }, content: items }
    : { type: 'bulletList', content: items };
}

function paragraph(parts: readonly Run[]): Doc {
  const joined: Run[] = [];
  for (const run of parts) {
    const last = joined.at(-1);
    if (last && last.strong === run.strong && last.em === run.em) last.text += run.text;
    else joined.push({ ...run });
  }
  const content = joined.flatMap((run): Doc[] => {
    const marks = [...(run.strong ? [{ type: 'bold' }] : []), ...(run.em ? [{ type: 'italic' }] : [])];
    return run.text.split('\n').flatMap((text, i): Doc[] => {
      const said: Doc[] = text === '' ? [] : [{ type: 'text', text, marks }];
      return i === 0 ? said : [{ type: 'hardBreak' }, ...said];
    });
  });
  return { type: 'paragraph', content };
}

function runs(parts: readonly Inline[], strong = false, em = false): Run[] {
  return parts.flatMap((part): Run[] => {
    if (part.kind === 'break') return [{ text: '\n', strong, em }];
    if (part.kind === 'text') return [{ text: part.text, strong, em }];
    return runs(part.children, strong || part.kind === 'strong', em || part.kind === 'em');
  });
}

// Writing

export function writeDocument(doc: Doc): string {
  return blocks(doc.content ?? []).join('\n\n');
}

function blocks(nodes: readonly Doc[]): string[] {
  return nodes.map(block).filter((text) => text !== '');
}

function block(node: Doc): string {
  if (node.type === 'paragraph') return line(said(node));
  const start = node.attrs?.start ?? 1;
  return (node.content ?? [])
    .map((item, i) => {
      const mark = node.type === 'orderedList' ? `${start + i}. ` : '- ';
      const [first, ...rest] = item.content ?? [];
      const below = blocks(rest);
      // Before anything below it, an empty first line is kept as a no-break space.
      const text = [(first ? block(first) : '') || (below.length > 0 ? '\u00a0' : ''), ...below].join('\n\n');
      return (mark + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`)).trimEnd();
    })
    .join('\n');
}

function said(node: Doc): Run[] {
  return (node.content ?? []).map((part) => {
    const has = (mark: string) => part.marks?.some((m) => m.type === mark) ?? false;
    return { text: part.type === 'hardBreak' ? '\n' : (part.text ?? ''), strong: has('bold'), em: has('italic') };
  });
}

/** One paragraph. Where Markdown has no way to say bold or italic, the words stay and the marks go. */
function line(parts: readonly Run[]): string {
  const tidy = tidied(parts);
  const ways = [tidy, tidy.map((r) => ({ ...r, em: false })), tidy.map((r) => ({ ...r, strong: false, em: false }))];
  const written = ways.map((way) => marked(way));
  return written.find((text, i) => sameSaid(text, ways[i] ?? [])) ?? written[2] ?? '';
}

function sameSaid(text: string, want: readonly Run[]): boolean {
  const [only, ...more] = readProse(text);
  if (only === undefined) return want.every((r) => r.text.trim() === '');
  return more.length === 0 && only.kind === 'paragraph' && letters(runs(only.children)) === letters(want);
}
/** Every letter with its marks. The marks of a space are nobody's concern. */
function letters(parts: readonly Run[]): string {
  return parts
    .flatMap((r) =>
      [...r.text].map((c) => (/\s/u.test(c) ? c : c + (r.strong ? '\u0001' : '') + (r.em ? '\u0002' : ''))),
    )
    .join('');
}

/** No space at the edges of a line, no empty line within, and no mark that begins or ends with a space. */
function tidied(parts: readonly Run[]): Run[] {
  const lines: Run[][] = [[]];
  for (const run of parts) {
    for (const [i, text] of run.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      for (const piece of text.match(/[^\S\u00a0]+|[^\s]+|\u00a0+/gu) ?? []) {
        const space = piece.trim() === '';
        lines.at(-1)?.push({ text: piece, strong: run.strong && !space, em: run.em && !space });
      }
    }
  }
  const blank = (run: Run | undefined) => run !== undefined && /^[^\S\u00a0]*$/u.test(run.text);
  for (const one of lines) {
    while (blank(one[0])) one.shift();
    while (blank(one.at(-1))) one.pop();
  }
  while (lines[0]?.length === 0) lines.shift();
  while (lines.at(-1)?.length === 0) lines.pop();
  const plain = { strong: false, em: false };
  const all = lines.flatMap((one, i): Run[] => [
    ...(i > 0 ? [{ text: '\n', ...plain }] : []),
    ...(one.length > 0 ? one : [{ text: '\u00a0', ...plain }]),
  ]);
  // A space between two pieces said the same way is said that way too.
  return all.map((run, i) => {
    const [a, b] = [all[i - 1], all[i + 1]];
    const between = run.text.trim() === '' && a && b && run.text !== '\n';
    return between ? { ...run, strong: a.strong && b.strong, em: a.em && b.em && a.strong === b.strong } : run;
  });
}

function marked(parts: readonly Run[]): string {
  const whole = parts.map((r) => r.text).join('');
  const link = /\](?:\(|\[|:)/.test(whole);
  let at = 0;
  let out = '';
  let now = { strong: false, em: false };
  const turn = (next: { strong: boolean; em: boolean }) => {
    if (now.em && (!next.em || now.strong !== next.strong)) {
      out += '*';
      now = { ...now, em: false };
    }
    if (now.strong !== next.strong) out += '**';
    if (next.em && !now.em) out += '*';
    now = { strong: next.strong, em: next.em };
  };
  for (const run of parts) {
    turn(run);
    out += escaped(run.text, whole, at, link);
    at += run.text.length;
  }
  turn({ strong: false, em: false });
  return out;
}

/** `text` stands in `whole` at `at`. */
function escaped(text: string, whole: string, at: number, link: boolean): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i);
    out += means(sign, whole, at + i, link) ? `\\${sign}` : sign;
  }
  return out;
}

function means(sign: string, whole: string, at: number, link: boolean): boolean {
  const before = whole.charAt(at - 1);
  const rest = whole.slice(at + 1, at + 40);
  const fromStart = whole.slice(Math.max(0, whole.lastIndexOf('\n', at - 1) + 1), at);
  const first = fromStart === '';
  switch (sign) {
    case '\\':
    case '*':
    case '`':
      return true;
    case '_':
      return !(/[\p{L}\p{N}]/u.test(before) && /^[\p{L}\p{N}]/u.test(rest));
    case '[':
      return link;
    case '<':
      return /^[a-z/!?]/i.test(rest);
    case '&':
      return /^#?\w+;/.test(rest);
    case '~':
      return first || before === '~' || rest.startsWith('~');
    case '#':
    case '>':
    case '=':
    case '-':
    case '+':
      return first;
    case '.':
    case ')':
      return /^\d{1,9}$/.test(fromStart);
    default:
      return false;
  }
}
