// The catalogue of words against the window: nothing missing, nothing unused,
// every refusal has its sentence, and no literal text stands in the markup.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { FluentParser } from '@fluent/syntax';
import { parse } from 'svelte/compiler';

const src = resolve(import.meta.dirname, '../src');
const words = resolve(import.meta.dirname, '../../assets/words');
const problems = [];

function* files(dir) {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (/\.(ts|svelte)$/.test(name) && !/\.(test|screen)\.ts$/.test(name)) yield path;
  }
}

// 1. What the catalogue has. Several files make one catalogue; en-GB*.ftl.
const entries = new Map();
const references = new Set();
for (const name of readdirSync(words).filter((n) => n.endsWith('.ftl'))) {
  const tree = new FluentParser({ withSpans: false }).parse(readFileSync(join(words, name), 'utf8'));
  for (const entry of tree.body) {
    if (entry.type === 'Junk') problems.push(`${name}: cannot be read: ${entry.content.trim().slice(0, 80)}`);
    if (entry.type !== 'Message' && entry.type !== 'Term') continue;
    const id = entry.type === 'Term' ? `-${entry.id.name}` : entry.id.name;
    if (entries.has(id)) problems.push(`${name}: ${id} stands twice`);
    entries.set(id, new Set(entry.attributes.map((a) => a.id.name)));
    JSON.stringify(entry, (_, value) => {
      if (value?.type === 'MessageReference') references.add(value.id.name);
      if (value?.type === 'TermReference') references.add(`-${value.id.name}`);
      return value;
    });
  }
}

// 2. What the window uses.
const used = new Set(references);
const use = (id, where) => {
  const [message, attribute] = id.split('.');
  used.add(message);
  if (!entries.has(message)) problems.push(`${where}: no words for '${id}'`);
  else if (attribute && !entries.get(message).has(attribute)) problems.push(`${where}: no words for '${id}'`);
};
const prefix = (start, where) => {
  const found = [...entries.keys()].filter((id) => id.startsWith(start));
  if (found.length === 0) problems.push(`${where}: nothing begins with '${start}'`);
  for (const id of found) used.add(id);
};

/** Without comments, so that an example in one is not taken for a use. */
const bare = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
const literalAttributes = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
]);

for (const file of files(src)) {
  const where = relative(src, file);
  const text = bare(readFileSync(file, 'utf8'));
  // t('id'), and id('…') or word: '…' where an id is kept in a table.
  for (const [, id] of text.matchAll(/\bt\(\s*'([^']+)'/g)) use(id, where);
  for (const [, id] of text.matchAll(/\b(?:word|label_id|says)\s*:\s*'([a-z][a-z0-9-]*(?:\.[a-z-]+)?)'/g))
    use(id, where);
  for (const [, start, rest] of text.matchAll(/\bt\(\s*`([^`$]*)(\$\{[^`]*)?`/g)) {
    if (rest === undefined) use(start, where);
    else if (start === '') problems.push(`${where}: t(\`\${…}\`) needs a constant beginning`);
    else prefix(start, where);
  }
  // Either of two ids: t(cond ? 'a' : 'b')
  for (const [, a, b] of text.matchAll(/\bt\(\s*[^'`()]*(?:\([^()]*\))?[^'`()]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g)) {
    use(a, where);
    use(b, where);
  }
  if (!file.endsWith('.svelte')) continue;
  const tree = parse(readFileSync(file, 'utf8'), { modern: true });
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(walk);
    if (node.type === 'StyleDirective') return;
    if (node.type === 'Text' && /\p{L}{2,}/u.test(node.data))
      problems.push(`${where}: literal text “${node.data.trim().slice(0, 50)}”`);
    if (node.type === 'Attribute') {
      const value = Array.isArray(node.value) ? node.value : [];
      const literal = value.some((v) => v.type === 'Text' && /\p{L}{2,}/u.test(v.data));
      if (literal && literalAttributes.has(node.name)) problems.push(`${where}: literal ${node.name}`);
      return;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'expression' && key !== 'metadata') walk(child);
  };
  walk(tree.fragment);
}

// 3. Every refusal of the core has its sentence.
const bindings = join(src, 'ipc/bindings.ts');
if (existsSync(bindings)) {
  const text = readFileSync(bindings, 'utf8');
  const union = text.match(/export type Refusal(?:_Serialize)?\s*=\s*(?!Refusal)([\s\S]*?);\n\n/)?.[1] ?? '';
  for (const [, kind] of union.matchAll(/kind:\s*["']([a-z_]+)["']/g)) use(`refusal-${kind}`, 'ipc/bindings.ts');
}

for (const id of entries.keys()) if (!used.has(id)) problems.push(`assets/words: ${id} is not used`);
for (const p of [...new Set(problems)]) console.error(p);
if (problems.length) process.exit(1);
console.log(`words: ${entries.size} entries, all used, none missing`);
