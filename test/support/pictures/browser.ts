import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { createMachine, ownArchitecture, parseDistribution, prepareBase } from '@release-kit/machine';
import { githubPage, wholePage } from './page.ts';
import { type Picture, readPng } from './picture.ts';
import { cropped, smallPng } from './small-png.ts';

/** What is looked at, and how. */
export interface View {
  /** Of files; small letters, digits, hyphens. */
  readonly name: string;
  /** GitHub Markdown of a summary, or what stands in the body of a page of its own. */
  readonly markdown?: string;
  readonly html?: string;
  /** Pixels: 1280 is a desktop, 390 a phone. */
  readonly width: number;
  /** Pixels of the page that the picture shows; default 3000. */
  readonly height?: number;
  readonly opened: boolean;
}

export interface Measures {
  readonly viewport: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** Where the page ends, however high the window is. */
  readonly contentEnd: number;
  readonly tables: readonly {
    readonly right: number;
    readonly bottom: number;
    /** Pixels that only scrolling inside of the table shows. */
    readonly hidden: number;
    readonly rows: number;
    readonly columns: number;
    readonly ragged: boolean;
  }[];
  readonly folded: number;
  readonly links: number;
  readonly foreignLinks: number;
  readonly active: number;
}

export interface Seen {
  readonly measures: Measures;
  readonly picture: Picture;
}

const usualHeight = 3000;
/** Milliseconds: a browser takes one second, on a machine with much else to do many. */
const patience = 120_000;

/**
 * Shows pages in a browser and gives back what it measured and drew. The browser is Debian's, in a clean machine without network, so that it is the same
 * wherever the tests run and nothing is installed on the host. `RELEASE_KIT_PICTURES` names a folder that keeps the pictures for a person.
 */
export async function look(host: Host, views: readonly View[]): Promise<readonly Seen[]> {
  const base = await prepareBase(host, {
    distribution: parseDistribution('debian:12'),
    architecture: ownArchitecture(),
    packages: ['chromium-headless-shell', 'fonts-liberation', 'fonts-noto-color-emoji'],
  });
  await using machine = await createMachine(host, base, 'nspawn');
  await using folder = await host.files.temporary('pictures');
  for (const [index, { markdown = '', html, opened }] of views.entries())
    await writeFile(join(folder.path, `${index}.html`), await (html === undefined ? githubPage(markdown, opened) : wholePage(html)));
  await machine.copyIn(folder.path, '/srv/pages');
  await machine.run(['mkdir', '/srv/pictures']);
  const measures: Measures[] = [];
  for (const [index, { width, height = usualHeight }] of views.entries()) {
    const asked = [
      `--window-size=${width},${height}`,
      `--screenshot=/srv/pictures/${index}.png`,
      '--dump-dom',
      `file:///srv/pages/${index}.html`,
    ];
    const { stdout } = await machine.run(['chromium-headless-shell', ...settings, ...asked], { env: { HOME: '/tmp' }, timeout: patience });
    measures.push(readMeasures(stdout));
  }
  await using pictures = await host.files.temporary('pictures');
  await machine.copyOut('/srv/pictures', pictures.path);
  const seen: Seen[] = [];
  for (const [index, measured] of measures.entries()) {
    const bytes = await readFile(join(pictures.path, `${index}.png`));
    const picture = readPng(bytes);
    await keep(`${views[index]?.name}-${views[index]?.width}.png`, cropped(picture, measured.contentEnd));
    seen.push({ measures: measured, picture });
  }
  return seen;
}

const settings = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--force-device-scale-factor=1',
  '--virtual-time-budget=2000',
];

/** The page wrote numbers only; the shape is that of the script beside it. */
function readMeasures(dom: string): Measures {
  const text = /<output id="measured"[^>]*>([^<]*)<\/output>/.exec(dom)?.[1];
  if (text === undefined) throw new Error(`the browser measured nothing: ${dom.slice(0, 500)}`);
  return JSON.parse(text.replaceAll('&quot;', '"'));
}

async function keep(name: string, picture: Picture): Promise<void> {
  const folder = process.env['RELEASE_KIT_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), smallPng(picture));
}
