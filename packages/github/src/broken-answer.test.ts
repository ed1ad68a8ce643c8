import { expect, test } from '@jest/globals';
import { BrokenAnswer, contentOf } from './broken-answer.ts';
import { waitAdvice } from './wait-advice.ts';

const html = { status: 200, headers: { 'content-type': 'text/html' }, data: '<html>' };

test.each([
  ['GET', { status: 200, data: [] }],
  ['POST', { status: 201, data: { id: 1 } }],
  ['DELETE', { status: 204, data: '' }],
])('an answer to %s that can be used is used', (method, answer) => {
  expect(contentOf(answer, method)).toBe(answer.data);
});

test.each([
  ['GET', html, '200 with text/html'],
  ['POST', { status: 200, headers: { 'content-type': 'application/json' }, data: '{"id": 1, "na' }, '200 with application/json'],
  ['PATCH', { status: 204, headers: {}, data: '' }, '204 with nothing'],
  ['GET', { status: 200, headers: {}, data: new ArrayBuffer(1) }, '200 with no content type'],
  ['DELETE', html, '200 with text/html'],
  ['GET', { status: 200, headers: {}, data: null }, '200 with no content type'],
])('an answer to %s that cannot be used is as good as none', (method, answer, words) => {
  expect(() => contentOf(answer, method)).toThrow(words);
  expect(waitAdvice(new BrokenAnswer(words, method), 0, 1).kind).toBe('broken');
});
