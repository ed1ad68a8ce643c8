import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostileText } from './hostile-text.test-support.ts';
import { renderTemplate, type TemplateData, type TemplateFormat } from './template.ts';

const data: TemplateData = {
  name: 'a <b> @me',
  none: null,
  list: ['x', 'y'],
  group: { inner: 'z' },
  ours: { markup: '**bold**' },
  version: '1.2.0',
};
const fill = (text: string, format: TemplateFormat = 'markdown', given = data) =>
  renderTemplate({ file: 'notes.liquid', text }, given, format);

describe('a template', () => {
  test.each([
    ['{{ version }}', '1.2.0'],
    ['{{ ours }}', '**bold**'],
    ['{{ name }}', 'a &lt;b&gt; @\u200bme'],
    ['{% if none %}a{% else %}b{% endif %}', 'b'],
    ['{% for each in list %}{{ each }}{% unless forloop.last %}, {% endunless %}{% endfor %}', 'x, y'],
    ['{{ group.inner | upcase }}', 'Z'],
    ['{{ none | default: "nothing" }}', 'nothing'],
    ['{{ none }}', ''],
  ])('%j gives %j', async (text, expected) => {
    await expect(fill(text)).resolves.toBe(expected);
  });

  test.each([
    ['a name that nobody knows', 'a\n{{ nmae }}', 2],
    ['a file', '{% include "x" %}', 1],
    ['a layout', '{% layout "x" %}', 1],
    ['a filter that shows values raw', '{{ name | raw }}', 1],
    ['a filter that asks the clock', '{{ "now" | date: "%Y" }}', 1],
    ['a filter that throws dice', '{{ list | shuffle }}', 1],
    ['a constructor', '{{ list.constructor }}', 1],
    ['a prototype', 'a\n\n{{ group.__proto__ }}', 3],
    ['what is not closed', '{% if name %}', undefined],
    ['more than memory', '{% for each in (1..900000000) %}x{% endfor %}', 1],
    ['a whole group', '{{ group }}', 1],
  ])('that wants %s is refused, by line', async (_, text, line) => {
    const refused = expect(fill(text)).rejects;
    await refused.toThrowWithCode('E_CONFIG');
    const place = line === undefined ? { file: 'notes.liquid' } : { file: 'notes.liquid', line };
    await expect(fill(text)).rejects.toMatchObject({ place });
  });

  test('does not obey texts that look like one', async () => {
    await expect(fill('{{ name }}', 'text', { name: '{{ secret }}{% include "x" %}' })).resolves.toBe('{{ secret }}{% include "x" %}');
  });
});

test('whatever a value holds, a chat sees no mention, link or markup', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const shown = await fill('{{ text }}', 'chat', { text });
      expect(shown).not.toMatch(/[<>`\n\r\u001b\u202e]|[@#][\w-]|https?:|!\[|\]\(/);
    }),
    { numRuns: 200 },
  );
});
