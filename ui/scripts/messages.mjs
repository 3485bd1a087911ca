// The guide against the window: what stands in bold on its pages stands on the screen, every refusal and fault that a therapist can
// meet stands on its page of messages word for word, every link leads somewhere and every picture is there and small.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FluentParser } from '@fluent/syntax';
import { sizeOfPng, tree } from './guide.mjs';

const words = resolve(import.meta.dirname, '../../assets/words');
const guide = resolve(import.meta.dirname, '../../docs/guide');
const MESSAGES = 'messages';
/** A picture is for a page, not for an exhibition. */
const HEAVIEST = 80 * 1024;
/** What is said when something does not go: each entry whose name begins so. A trailing $ ends the name. */
const SAID = [
  'refusal-',
  'failure-fault$',
  'failure-page$',
  'failure-start$',
  'failure-window$',
  'barred-',
  'behind$',
  'lock-unsaved$',
  'sample-unsaved$',
  'note-unsaved-',
  'recover-still$',
  'no-backup-',
  'no-update-',
  'not-used-',
  'backups-need-',
  'health-damaged$',
  'health-trail-adrift$',
  'health-trail-altered$',
  'health-trail-broken$',
  'trail-broken-title$',
  'security-key-not-backed-up$',
  'passphrase-weak-',
  'kit-wrong$',
  'date-unread$',
  'time-unread$',
  'book-length-unread$',
  'session-moment-unread$',
  'minutes-unread$',
  'hours-amiss$',
  'import-state-',
];
const problems = [];

// 1. Every sentence of the catalogue, with … where something is put in.
const PLURAL = /^(?:zero|one|two|few|many|other|\d+)$/;
/** The sentences of a pattern; `all` with each plural, else with the usual one alone. */
function sentences(pattern, all) {
  let out = [''];
  const join = (more) => {
    out = out.flatMap((before) => more.map((after) => before + after));
  };
  for (const part of pattern.elements) {
    const of = part.expression;
    if (part.type === 'TextElement') join([part.value]);
    else if (of.type === 'StringLiteral') join([of.value]);
    else if (of.type !== 'SelectExpression') join(['…']);
    else {
      const plural = of.variants.every((v) => PLURAL.test(v.key.name ?? v.key.value));
      const chosen = plural && !all ? of.variants.filter((v) => v.default) : of.variants;
      join(chosen.flatMap((v) => sentences(v.value, all)));
    }
  }
  return out;
}
const tidy = (text) =>
  text
    .replace(/<\/?\w+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const onScreen = new Set();
const wanted = new Map();
for (const name of readdirSync(words).filter((n) => n.endsWith('.ftl'))) {
  for (const entry of new FluentParser({ withSpans: false }).parse(readFileSync(join(words, name), 'utf8')).body) {
    if (entry.type !== 'Message' || entry.value === null) continue;
    const id = entry.id.name;
    for (const pattern of [entry.value, ...entry.attributes.map((a) => a.value)])
      for (const said of sentences(pattern, true)) onScreen.add(tidy(said));
    const said = SAID.some((start) => (start.endsWith('$') ? id === start.slice(0, -1) : id.startsWith(start)));
    // Of the pages on which records do not open, those with a sentence of their own.
    if (!said || (id.startsWith('barred-') && !entry.attributes.some((a) => a.id.name === 'lead'))) continue;
    for (const one of sentences(entry.value, false).map(tidy)) if (/\p{L}/u.test(one)) wanted.set(one, id);
  }
}

// 2. The pages.
const plain = (parts) => parts.map((p) => ('text' in p ? p.text : plain(p.children))).join('');
const pages = new Map();
const pictures = new Set();
function walk(node, found) {
  if (Array.isArray(node)) for (const one of node) walk(one, found);
  else if (node && typeof node === 'object') {
    if (node.kind === 'strong') found.bold.push(tidy(plain(node.children)));
    if (node.kind === 'link') found.links.push(node);
    if (node.kind === 'heading') found.headings.push(node.at);
    walk(Object.values(node), found);
  }
}
for (const file of readdirSync(guide).filter((n) => n.endsWith('.md'))) {
  const sizeOf = (src) => {
    const path = join(guide, src);
    pictures.add(src.replace(/^pictures\//, ''));
    if (!existsSync(path)) {
      problems.push(`docs/guide/${file}: there is no ${src}`);
      return { width: 0, height: 0 };
    }
    if (statSync(path).size > HEAVIEST)
      problems.push(`docs/guide/${src}: ${statSync(path).size} bytes; the most is ${HEAVIEST}`);
    return sizeOfPng(path);
  };
  const page = tree(readFileSync(join(guide, file), 'utf8'), file, sizeOf);
  const found = { bold: [], links: [], headings: [] };
  walk(page.blocks, found);
  pages.set(page.name, { ...found, file });
}
for (const { file, bold, links, headings } of pages.values()) {
  const where = `docs/guide/${file}`;
  for (const said of bold) if (!onScreen.has(said)) problems.push(`${where}: “${said}” is bold and not on the screen`);
  for (const { page, at } of links)
    if (!pages.has(page) || (at !== '' && !pages.get(page).headings.includes(at)))
      problems.push(`${where}: no ${page}#${at}`);
  for (const at of headings)
    if (headings.filter((h) => h === at).length > 1) problems.push(`${where}: two headings are “${at}”`);
}
for (const name of readdirSync(join(guide, 'pictures')))
  if (!pictures.has(name)) problems.push(`docs/guide/pictures/${name}: is on no page`);

// 3. Every message has its row.
const told = new Set(pages.get(MESSAGES)?.bold);
for (const [said, id] of wanted)
  if (!told.has(said)) problems.push(`docs/guide: the page of messages lacks ${id}: “${said}”`);

for (const p of [...new Set(problems)]) console.error(p);
if (problems.length) process.exit(1);
console.log(`guide: ${pages.size} pages, ${pictures.size} pictures, ${wanted.size} messages, each on its page`);
