/** What a process and all it started handed to the kernel. */
export interface SystemCalls {
  /** Every text and byte in the calls: what was written and sent, paths, arguments and environments of what was started. */
  readonly said: readonly Said[];
  /** Argument lists of what was started, without the program itself. */
  readonly started: readonly (readonly string[])[];
  /** Paths that were opened for writing, as given. */
  readonly opened: readonly string[];
  /** Ways to write that the calls would not show: memory that is shared with a file. */
  readonly unseen: readonly string[];
}

export interface Said {
  /** `write(1)`, `execve`, `openat` */
  readonly call: string;
  readonly bytes: Buffer;
}

/** Arguments of strace(1) before the command: in full, bytes as hexadecimal digits. */
export function straceArguments(file: string): readonly string[] {
  const calls = [
    ['execve', 'execveat', 'openat', 'open', 'creat', 'memfd_create', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink'],
    ['symlinkat', 'mkdir', 'mkdirat', 'setxattr', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendto', 'sendmsg', 'sendmmsg'],
    ['mmap', 'io_uring_setup'],
  ].flat();
  // What Node would ask for by the ring of io_uring is no call: to Node this is a kernel without it.
  const withoutRing = ['-e', 'inject=io_uring_setup:error=ENOSYS'];
  // -D: the command is our own child, and strace a process beside it.
  return [
    '-D',
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-v',
    '-xx',
    '-s',
    '16777216',
    '-e',
    `trace=${calls.join(',')}`,
    ...withoutRing,
    '-o',
    file,
    '--',
  ];
}

/** Reads what strace wrote; of the first call, by which we hand over the secrets ourselves, nothing is kept. */
export function readSystemCalls(text: string): SystemCalls {
  const said: Said[] = [];
  const started: string[][] = [];
  const opened: string[] = [];
  const unseen: string[] = [];
  let isFirst = true;
  for (const line of text.split('\n')) {
    const [, name, rest = ''] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (isFirst && name === 'execve') {
      isFirst = false;
      continue;
    }
    if (/"\.\.\./.test(rest)) throw new Error(`strace cut a text of ${name}`);
    const texts = [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex'));
    const target = /^(?:p?writev?2?|pwrite64|sendto|sendmsg)$/.test(name) ? `(${/^\d+/.exec(rest)?.[0] ?? ''})` : '';
    for (const bytes of texts) said.push({ call: `${name}${target}`, bytes });
    if (name === 'execve') started.push(argumentsOf(rest));
    if (/^(?:openat|open|creat)$/.test(name) && /\bO_(?:WRONLY|RDWR|CREAT)\b/.test(rest)) opened.push(texts[0]?.toString() ?? '');
    // Of a ring as well: its memory is shared with the kernel.
    if (name === 'mmap' && /PROT_WRITE/.test(rest) && /MAP_SHARED(?!\|MAP_ANONYMOUS)/.test(rest)) unseen.push(line);
  }
  return { said, started, opened, unseen };
}

/** execve(path, [arguments], [environment]) */
function argumentsOf(rest: string): string[] {
  const [, list = ''] = /^"[^"]*", \[(.*?)\], \[/.exec(rest) ?? [];
  return [...list.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString());
}
