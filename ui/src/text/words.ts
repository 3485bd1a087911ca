/**
 * Every word the window shows, out of one Fluent catalogue. A second language
 * is a second file. `t('id')` or `t('id.attribute')`; scripts/words.mjs checks
 * that nothing is missing and nothing unused.
 */
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';
import catalogue from '../../../assets/words/en-GB.ftl?raw';

export type Args = Record<string, string | number>;

export const LANGUAGE = 'en-GB';

const bundle = new FluentBundle(LANGUAGE, {
  useIsolating: false,
  // A number as a word, where the catalogue has one for it.
  functions: { SPELT: ([n]) => t('spelt', { n: n instanceof FluentNumber ? n.value : 0 }) },
});
for (const error of bundle.addResource(new FluentResource(catalogue))) throw error;

/** Letters written from right to left, and marks that change direction. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** Keeps a foreign direction inside its own words, so that it cannot turn the sentence around it. */
export function isolate(text: string): string {
  return TURNS.test(text) ? `\u2068${text}\u2069` : text;
}

export function t(id: string, args: Args = {}): string {
  const [name = '', attribute] = id.split('.');
  const message = bundle.getMessage(name);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (pattern === null || pattern === undefined) throw new Error(`no words for ${id}`);
  const safe: Record<string, FluentVariable> = {};
  for (const [key, value] of Object.entries(args)) safe[key] = typeof value === 'string' ? isolate(value) : value;
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, safe, errors);
  if (errors[0] !== undefined) throw new Error(`${id}: ${errors[0].message}`);
  return text;
}

/** Whether the catalogue has words for this id. */
export function has(id: string): boolean {
  return bundle.hasMessage(id);
}
