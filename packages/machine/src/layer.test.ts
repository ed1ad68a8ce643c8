import { describe, expect, test } from '@jest/globals';
import { layerKey } from './layer.ts';
import { readLayerRecord } from './layer-record.ts';

const request = { name: 'dependencies', inputs: { install: ['zlib1g-dev'] } };

describe('layerKey', () => {
  test('names the base system and what it is for, and depends on everything that makes it', () => {
    const key = layerKey('debian-12-amd64-1-2', 'nspawn', request);
    expect(key).toMatch(/^debian-12-amd64-1-2\+dependencies-[0-9a-f]{16}$/);
    const others = [
      layerKey('debian-12-amd64-1-3', 'nspawn', request),
      layerKey('debian-12-amd64-1-2', 'docker', request),
      layerKey('debian-12-amd64-1-2', 'nspawn', { ...request, name: 'other' }),
      layerKey('debian-12-amd64-1-2', 'nspawn', { ...request, inputs: { install: ['zlib1g-dev', 'bc'] } }),
    ];
    expect(new Set([key, ...others].map((one) => one.slice(-16))).size).toBe(5);
    expect(layerKey('debian-12-amd64-1-2', 'nspawn', { ...request })).toBe(key);
  });

  test('a layer over a layer differs from one over the base system, and its name does not grow', () => {
    const first = layerKey('b', 'nspawn', request);
    expect(layerKey(first, 'nspawn', request)).toMatch(/^b\+dependencies-[0-9a-f]{16}$/);
    expect(layerKey(first, 'nspawn', request)).not.toBe(first);
  });

  test.each(['', 'Dependencies', '../x', 'a/b', 'a'.repeat(41)])('refuses the name %j', (name) => {
    expect(() => layerKey('b', 'nspawn', { ...request, name })).toThrowWithCode('E_MACHINE');
  });
});

describe('readLayerRecord', () => {
  const record = { key: 'k', kind: 'changes', below: ['/b'], inventory: 'f', stamp: 's' };
  test('reads what was written, and nothing else', () => {
    expect(readLayerRecord(JSON.stringify(record))).toEqual(record);
    for (const wrong of ['', '{', '[]', 'null', '{}', JSON.stringify({ ...record, kind: 'x' }), JSON.stringify({ ...record, below: [1] })])
      expect(readLayerRecord(wrong)).toBeUndefined();
  });
});
