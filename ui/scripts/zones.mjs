// Who may import whom. Concept folders stand alone; App.svelte and the shell
// compose them; only ipc/ speaks to the host.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'svelte/compiler';

const src = resolve(import.meta.dirname, '../src');
const shared = new Set(['ipc', 'parts', 'text', 'shell', 'ways', 'backups', 'styles', 'testing']);
const allowed = {
  text: ['text'],
  ipc: ['ipc', 'text'],
  parts: ['parts', 'text'],
  shell: ['shell', 'parts', 'text', 'ipc'],
  // The ways in: lock, set-up, settings and states each need them.
  ways: ['ways', 'parts', 'text', 'ipc', 'shell'],
  // Backups and restoring: set-up, settings and states each need them.
  backups: ['backups', 'ways', 'parts', 'text', 'ipc', 'shell'],
  testing: ['testing', 'parts', 'text', 'ipc', 'shell', 'styles'],
};

function* files(dir) {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (/\.(ts|svelte)$/.test(name)) yield path;
  }
}

const problems = [];
for (const file of files(src)) {
  const here = relative(src, file);
  const zone = here.includes('/') ? here.slice(0, here.indexOf('/')) : '';
  const text = readFileSync(file, 'utf8');
  const test = /\.(test|screen)\.ts$/.test(file) || zone === 'testing';
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    if (target.startsWith('@tauri-apps/')) {
      if (zone !== 'ipc') problems.push(`${here}: only ipc/ imports ${target}`);
      continue;
    }
    if (!target.startsWith('.')) continue;
    const to = relative(src, resolve(dirname(file), target));
    if (to.startsWith('..')) continue;
    const folder = statSync(join(src, to), { throwIfNoEntry: false })?.isDirectory() ?? false;
    const other = to.includes('/') ? to.slice(0, to.indexOf('/')) : folder ? to : '';
    if (zone === '' || other === zone || (test && other === 'testing')) continue;
    const may = allowed[zone] ?? ['parts', 'text', 'ipc', 'shell', 'ways', 'backups'];
    if (!may.includes(other) || (!shared.has(zone) && !shared.has(other))) {
      problems.push(`${here}: ${zone}/ must not import ${other || 'the root'}/ (${target})`);
    }
  }
  if (file.endsWith('.svelte')) {
    if (text.includes('{@html')) problems.push(`${here}: {@html} is not allowed`);
    if (/<[^>]*\sstyle=/.test(text)) problems.push(`${here}: the content policy forbids style="…"; use style:property`);
    const nodes = JSON.stringify(parse(text, { modern: true }).fragment);
    if (/"type":"(?:Transition|Animate)Directive"/.test(nodes))
      problems.push(`${here}: transitions add style sheets; use CSS`);
  }
  const lines = text.split('\n').length;
  if (lines > 600 && !here.endsWith('bindings.ts')) problems.push(`${here}: ${lines} lines; split it`);
}
for (const p of problems) console.error(p);
if (problems.length) process.exit(1);
console.log('zones: every import stays in its place');
