/**
 * Stored Markdown as plain pieces: paragraphs, lists, bold, italic and line
 * breaks, and nothing else. Whatever else Markdown knows (HTML, links, images,
 * headings, tables, code) stands there as the characters it was written with.
 */
import { Lexer, type Token, type Tokens } from 'marked';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'em'; children: Inline[] };
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] };

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};
const plain = (text: string) => text.replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (e) => ENTITIES[e] ?? e);

function lines(text: string): Inline[] {
  return text.split('\n').flatMap((line, i): Inline[] => {
    const part: Inline[] = line === '' ? [] : [{ kind: 'text', text: line }];
    return i === 0 ? part : [{ kind: 'break' }, ...part];
  });
}

function inline(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    switch (token.type) {
      case 'strong':
      case 'em':
        return [{ kind: token.type, children: inline(token.tokens ?? []) }];
      case 'br':
        return [{ kind: 'break' }];
      case 'text':
        return token.tokens ? inline(token.tokens) : lines(plain(token.text));
      case 'escape':
        return lines((token as Tokens.Escape).text);
      default:
        return lines(token.raw);
    }
  });
}

function blocks(tokens: readonly Token[]): Block[] {
  const out: Block[] = [];
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def') {
      if (token.type === 'def') out.push({ kind: 'paragraph', children: lines(token.raw.trim()) });
    } else if (token.type === 'list') {
      const list = token as Tokens.List;
      out.push({
        kind: 'list',
        ordered: list.ordered,
        start: typeof list.start === 'number' ? list.start : 1,
        items: list.items.map((item) => blocks(item.tokens)),
      });
    } else if (token.type === 'paragraph' || token.type === 'text') {
      const children = inline(token.tokens ?? [token]);
      // The writer keeps an empty line as a lone no-break space.
      if (children.some((c) => c.kind !== 'text' || c.text.trim() !== '')) out.push({ kind: 'paragraph', children });
    } else if (token.raw.trim() !== '') {
      out.push({ kind: 'paragraph', children: lines(token.raw.trim()) });
    }
  }
  return out;
}

export function readProse(markdown: string): Block[] {
  return blocks(new Lexer({ gfm: false }).lex(markdown));
}
