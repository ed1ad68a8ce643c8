import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type AnnouncementKind, type AnnouncementRequest, announcementData, announcementOf } from './announcement.ts';
import { hostileRelease, linkedStyle, sampleRelease } from './sample-release.test-support.ts';
import { templateFilters, templateTags } from './template.ts';

const request: AnnouncementRequest = {
  project: 'hello',
  release: sampleRelease,
  style: linkedStyle,
  address: 'https://git.example.org/a/b/releases/v2.0.0',
};
const golden = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const kinds: readonly AnnouncementKind[] = ['issue', 'discussion', 'chat', 'mail'];

describe('an announcement says what is new where people are', () => {
  test.each(kinds)('%s', async (kind) => {
    const { title, body } = await announcementOf(kind, request);
    expect(`${title}\n\n${body}`).toBe(golden(`announcement-${kind}.txt`));
  });
});

test('a release without address, version and predecessor is told as well', async () => {
  const release = { ...sampleRelease, version: undefined, name: 'next', previous: undefined, contributors: [], commits: [] };
  const { title, body } = await announcementOf('mail', { ...request, release, address: undefined });
  expect(title).toBe('hello next released');
  expect(body).toBe('hello next is out.\n');
});

test('programs are not thanked', async () => {
  const bot = { name: 'renovate[bot]', email: '1+renovate[bot]@users.noreply.example.org', commits: 9, isFirst: false };
  const { body } = await announcementOf('mail', { ...request, release: { ...sampleRelease, contributors: [bot] } });
  expect(body).not.toMatch(/Thanks|renovate/);
});

test('a project may say it in its own words', async () => {
  const templates = {
    title: { file: 'title.liquid', text: '{{ project }}\n{{ date }}' },
    body: { file: 'b.liquid', text: '{{ features.size }}' },
  };
  await expect(announcementOf('mail', { ...request, templates })).resolves.toEqual({ title: 'hello 2026-03-01', body: '2\n' });
});

test.each(kinds)('%s: long lists and hostile names end', async (kind) => {
  const { commits } = hostileRelease('@everyone <!channel> [x](https://example.org)');
  const release = { ...sampleRelease, commits: Array.from({ length: 2000 }, () => commits).flat() };
  const { body } = await announcementOf(kind, { ...request, release });
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain('more');
  if (kind !== 'mail') expect(body).not.toMatch(/@everyone|<!channel>|https:\/\/example/);
});

test('the page about templates lists every name, tag and filter', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/templates.md'), 'utf8');
  const names = Object.keys(announcementData(request, 'markdown'));
  expect([...names, ...templateTags, ...templateFilters].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
