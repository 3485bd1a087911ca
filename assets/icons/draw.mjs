// Draws every icon that the bundles want from the four SVG files beside this one. `cargo xtask icons` runs it, with the folder in
// which it put resvg, the program that turns SVG into pixels. The same sources give the same bytes on every system.
//
// 32 pixels and fewer come from the `-small` drawing. macOS wants a margin around the plate, the others none.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const { Resvg } = createRequire(join(process.argv[2], 'package.json'))('@resvg/resvg-js');

/** A drawing at one size; `margin` is what is left free on each side, as a part of the whole. */
function render(name, size, margin = 0) {
  const source = readFileSync(join(here, `${name}${size <= 32 ? '-small' : ''}.svg`), 'utf8');
  const framed = source.replace(/viewBox="0 0 (\d+) \1"/, (_, side) => {
    const whole = side / (1 - 2 * margin);
    const edge = (side - whole) / 2;
    return `viewBox="${edge} ${edge} ${whole} ${whole}"`;
  });
  return new Resvg(framed, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render();
}

/** For Windows. Its resource compiler and its installer read plain bitmaps; only 256 pixels may be a PNG. */
function ico(name) {
  const images = [16, 24, 32, 48, 64, 256].map((size) => ({ size, bytes: size < 256 ? bitmap(render(name, size)) : render(name, size).asPng() }));
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, bytes }, at) => {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry); // 256 is written as 0
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  });
  return Buffer.concat([head, ...images.map(({ bytes }) => bytes)]);
}

/**
 * A bitmap as an icon holds it: blue, green, red, opacity from the lowest row up, and after it a mask that hides nothing.
 * resvg has multiplied each colour by its opacity; here it stands alone again.
 */
function bitmap({ width, height, pixels }) {
  const mask = Math.ceil(width / 32) * 4 * height;
  const bytes = Buffer.alloc(40 + 4 * width * height + mask);
  bytes.writeUInt32LE(40, 0);
  bytes.writeInt32LE(width, 4);
  bytes.writeInt32LE(2 * height, 8); // the picture and its mask
  bytes.writeUInt16LE(1, 12);
  bytes.writeUInt16LE(32, 14);
  bytes.writeUInt32LE(4 * width * height + mask, 20);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, opacity] = pixels.subarray(4 * (y * width + x));
      const alone = [blue, green, red].map((part) => Math.min(255, Math.round((255 * part) / (opacity || 255))));
      bytes.set([...alone, opacity], 40 + 4 * ((height - 1 - y) * width + x));
    }
  }
  return bytes;
}

/** For macOS: PNG files one after the other, each under its four letters. Sizes for a dense display have letters of their own. */
function icns(name, margin) {
  const kinds = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
  const parts = Object.entries(kinds).map(([letters, size]) => chunk(letters, render(name, size, margin).asPng()));
  return chunk('icns', Buffer.concat(parts));
}

function chunk(letters, bytes) {
  const head = Buffer.alloc(8);
  head.write(letters, 'latin1');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
for (const size of sizes) {
  writeFileSync(join(here, `${size}x${size}.png`), render('icon', size).asPng());
}
writeFileSync(join(here, '128x128@2x.png'), render('icon', 256).asPng());
writeFileSync(join(here, 'icon.png'), render('icon', 1024).asPng());
writeFileSync(join(here, 'icon.ico'), ico('icon'));
writeFileSync(join(here, 'icon.icns'), icns('icon', 100 / 1024));

mkdirSync(join(here, 'backup'), { recursive: true });
for (const size of sizes) {
  writeFileSync(join(here, 'backup', `${size}x${size}.png`), render('backup', size).asPng());
}
writeFileSync(join(here, 'backup.ico'), ico('backup'));
writeFileSync(join(here, 'backup.icns'), icns('backup', 0));
