import type { Encoding } from './sought.ts';

export interface Leak {
  readonly what: string;
  /** JavaScript; `secret` is the text, `bytes` the same as bytes. */
  readonly code: string;
  /** Where the search must find it, and in which encoding. */
  readonly place: string;
  readonly encoding: Encoding;
}

/** Ways to let a secret out, each of which the search must see. */
export const leaks: readonly Leak[] = [
  leak('standard output', `console.log('the key is ' + secret)`, 'standard output', 'raw'),
  leak('standard error', `console.error(bytes.toString('hex'))`, 'standard error', 'hex'),
  leak('behind a mask', `console.log('::add-mask::x\\n' + bytes.toString('hex').toUpperCase())`, 'standard output', 'upper-case hex'),
  leak(
    'a file that stays, wrapped by somebody',
    `fs.writeFileSync('left', Buffer.from('some' + secret).toString('base64').match(/.{1,76}/g).join('\\n'))`,
    'file /left',
    'base64',
  ),
  leak('the name of a file', `fs.mkdirSync(encodeURIComponent(secret))`, 'mkdir', 'URL'),
  leak('a file that is gone at once', `fs.writeFileSync('gone', bytes.reverse()); fs.rmSync('gone')`, 'write(N)', 'reversed'),
  leak(
    'a file that is gone at once, written in two halves',
    `const f = fs.openSync('gone', 'w'); fs.writeSync(f, secret.slice(0, 10)); fs.writeSync(f, secret.slice(10, 20)); fs.rmSync('gone')`,
    'write(N)',
    'raw',
  ),
  leak('arguments of a child', `child.execFileSync('true', [secret], { env: {} })`, 'execve', 'raw'),
  leak(
    'environment of a child',
    `child.execFileSync('true', [], { env: { KEY: Buffer.from('~~' + secret).toString('base64url') } })`,
    'execve',
    'base64url',
  ),
  leak('standard input of a child', `child.execFileSync('wc', [], { input: JSON.stringify({ secret }), env: {} })`, 'write(N)', 'JSON'),
  leak(
    'a file of a child',
    `child.execFileSync('dd', ['of=by-child', 'status=none'], { input: secret, env: { PATH: process.env.PATH } })`,
    'file /by-child',
    'raw',
  ),
  leak(
    'a socket',
    `const net = require('node:net'); const s = net.createServer((c) => c.resume().on('end', () => s.close())).listen('socket', () => net.connect('socket').end(secret))`,
    'write(N)',
    'raw',
  ),
];

function leak(what: string, code: string, place: string, encoding: Encoding): Leak {
  return { what, code, place, encoding };
}

/** A program whose variable SECRET holds what it lets out. */
export function leakingProgram(code: string): string {
  return `const fs = require('node:fs'); const child = require('node:child_process');
const secret = process.env.SECRET; const bytes = Buffer.from(secret);
${code}`;
}
