import type { Plugin } from 'vite';
import type { Guide } from '../src/guide/tree';

export function nameOf(file: string): string;
export function slug(text: string): string;
export function tree(markdown: string, file: string, sizeOf: (src: string) => { width: number; height: number }): Guide;
export function sizeOfPng(path: string): { width: number; height: number };
export default function guide(): Plugin;
