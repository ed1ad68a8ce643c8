import { expect, test } from '@jest/globals';
import { readRecord } from './base-record.ts';

test('a record is read as it was written', () => {
  const record = { key: 'debian-12-amd64-0-1', states: [{ uri: 'u', sha256: 's' }], made: 5, inventory: 'i', stamp: 's' };
  expect(readRecord(JSON.stringify(record))).toEqual(record);
  expect(readRecord(JSON.stringify({ ...record, stamp: undefined }))).toEqual({ ...record, stamp: undefined });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"key":"k","states":[]}',
  '{"key":"k","states":[],"made":1}',
  '{"key":1,"states":[],"made":1,"inventory":"i"}',
  '{"key":"k","states":[{"uri":"u"}],"made":1,"inventory":"i"}',
  '{"key":"k","states":{},"made":1,"inventory":"i"}',
  '{"key":"k","states":[null],"made":1,"inventory":"i"}',
])('damaged: %s', (text) => {
  expect(readRecord(text)).toBeUndefined();
});
