// Turns a page of the guide (docs/guide/*.md) into a small tree of data when the window is built, so that no text is ever made
// into markup while it runs. What the tree has no word for stops the build.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Lexer } from 'marked';

/** "03-ten-steps.md" is the page "ten-steps". */
export const nameOf = (file) => basename(file, '.md').replace(/^\d+-/, '');
/** What an address calls a heading. */
export const slug = (text) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };
const plain = (text) => text.replace(/&(?:lt|gt|amp|quot|#39);/g, (e) => entities[e]);

/** The tree of one page. `sizeOf` tells width and height of a picture by its path beside the page. */
export function tree(markdown, file, sizeOf) {
  const fail = (token) => {
    throw new Error(`${file}: the guide has no ${token.type} such as ${token.raw.trim().slice(0, 60)}`);
  };

  function link(token) {
    const parts = /^(?:([\w-]+\.md))?(?:#([\w-]+))?$/.exec(token.href);
    if (parts === null || token.href === '') fail(token);
    return { kind: 'link', page: nameOf(parts[1] ?? file), at: parts[2] ?? '', children: inline(token.tokens) };
  }
  function inline(tokens) {
    const out = [];
    const rest = [...tokens];
    for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
      if (token.type === 'strong' || token.type === 'em')
        out.push({ kind: token.type, children: inline(token.tokens) });
      else if (token.type === 'codespan') out.push({ kind: 'code', text: plain(token.text) });
      else if (token.type === 'link') out.push(link(token));
      else if (token.type === 'text' && token.tokens) out.push(...inline(token.tokens));
      else if (token.type === 'text' || token.type === 'escape')
        out.push({ kind: 'text', text: plain(token.text).replaceAll('\n', ' ') });
      else if (token.type === 'html' && token.raw === '<kbd>') {
        const end = rest.findIndex((t) => t.raw === '</kbd>');
        if (end < 0) fail(token);
        const keys = rest.splice(0, end + 1).slice(0, -1);
        out.push({ kind: 'keys', text: keys.map((t) => plain(t.text)).join('') });
      } else fail(token);
    }
    return out;
  }
  function paragraph(token) {
    const only = token.tokens.length === 1 ? token.tokens[0] : undefined;
    if (only?.type !== 'image') return { kind: 'paragraph', children: inline(token.tokens) };
    return { kind: 'picture', src: only.href, alt: plain(only.text), ...sizeOf(only.href) };
  }
  function blocks(tokens) {
    return tokens.flatMap((token) => {
      switch (token.type) {
        case 'space':
          return [];
        case 'heading':
          return [{ kind: 'heading', level: token.depth, at: slug(plain(token.text)), text: plain(token.text) }];
        case 'paragraph':
          return [paragraph(token)];
        case 'text':
          return [{ kind: 'paragraph', children: inline(token.tokens ?? [token]) }];
        case 'list':
          return [{ kind: 'list', ordered: token.ordered, items: token.items.map((item) => blocks(item.tokens)) }];
        case 'table': {
          const cells = (row) => row.map((cell) => inline(cell.tokens));
          return [{ kind: 'table', head: cells(token.header), rows: token.rows.map(cells) }];
        }
        case 'code':
          return [{ kind: 'code', text: token.text }];
        default:
          return fail(token);
      }
    });
  }

  const [title, ...body] = blocks(new Lexer().lex(markdown));
  if (title?.kind !== 'heading' || title.level !== 1) throw new Error(`${file}: a page begins with its title`);
  for (const block of body)
    if (block.kind === 'heading' && ![2, 3].includes(block.level))
      throw new Error(`${file}: ${block.text}: a heading is of level 2 or 3`);
  return { name: nameOf(file), title: title.text, blocks: body };
}

/** Width and height of a PNG, from its header. */
export function sizeOfPng(path) {
  const bytes = readFileSync(path);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** For vite: what is imported from a page of the guide is its tree, its pictures among the files of the window. */
export default function guide() {
  return {
    name: 'guide',
    transform(markdown, id) {
      if (!/\/docs\/guide\/[^/]+\.md$/.test(id)) return undefined;
      const page = tree(markdown, basename(id), (src) => sizeOfPng(join(dirname(id), src)));
      const pictures = page.blocks.filter((block) => block.kind === 'picture');
      const imports = pictures.map((one, i) => `import p${i} from ${JSON.stringify(`./${one.src}?url`)};\n`).join('');
      pictures.forEach((one, i) => {
        one.src = { picture: i };
      });
      const said = JSON.stringify(page).replace(/\{"picture":(\d+)\}/g, 'p$1');
      return { code: `${imports}export default ${said};`, map: null };
    },
  };
}
