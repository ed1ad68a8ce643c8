import { type Argv, type ExecResult, inertLine } from '@release-kit/action';
import type { HealthQuestion } from '@release-kit/config';
import { type HealthVerdict, healthy, quoteEnd, refused, unhealthy } from './verdict.ts';

export type ConnectionQuestion = Extract<HealthQuestion, { kind: 'tcp' | 'unix' }>;

/**
 * Connects from inside the machine, by the perl-base that every Debian system has, so that paths and networks are the machine's own
 * whatever the engine. A socket in the file system may be of any of three types; connecting with the wrong one is EPROTOTYPE, unix(7).
 * Arguments: kind, milliseconds, then host and port, or path. Prints `connected`, or the name of the error and its text.
 */
const connectScript = `
use strict; use Errno; use Socket; use IO::Socket::IP;
my ($kind, $limit, $where, $port) = @ARGV;
sub answer { print join(' ', @_), "\\n"; exit 0 }
sub failed { my $name = (grep { $!{$_} } sort keys %!)[0] || 'EUNKNOWN'; answer($name, "$!") }
$SIG{ALRM} = sub { answer('ETIMEDOUT', 'nothing happened') };
alarm(1 + int($limit / 1000));
if ($kind eq 'tcp') {
  IO::Socket::IP->new(PeerHost => $where, PeerPort => $port, Type => SOCK_STREAM) or failed();
  answer('connected');
}
for my $type (SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET) {
  socket(my $socket, AF_UNIX, $type, 0) or failed();
  answer('connected') if connect($socket, pack_sockaddr_un($where));
  failed() unless $!{EPROTOTYPE};
}
failed();
`;

/** Arguments for one try. `time`: milliseconds. */
export function connectArgv(question: ConnectionQuestion, time: number): Argv {
  const common = ['perl', '-e', connectScript, '--', question.kind, String(time)] as const;
  if (question.kind === 'unix') return [...common, question.path];
  const colon = question.address.lastIndexOf(':');
  return [...common, question.address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), question.address.slice(colon + 1)];
}

/** What the script said. */
export function judgeConnection(question: ConnectionQuestion, { exitCode, stdout, stderr }: ExecResult): HealthVerdict {
  const [word = '', ...text] = stdout.trim().split(' ');
  if (word === 'connected') return healthy;
  if (word === 'ECONNREFUSED' && question.kind === 'tcp') return refused;
  const known = connectionWords[question.kind][word];
  if (known !== undefined) return unhealthy(known);
  if (/^E[A-Z]+$/.test(word)) return unhealthy(inertLine(text.join(' ')));
  return unhealthy(
    inertLine(`the connection could not be tried (exit code ${exitCode}): ${quoteEnd(stderr, 'perl said nothing')}`),
    stderr,
  );
}

/** By the names of errors, connect(2), unix(7). */
const connectionWords: Readonly<Record<ConnectionQuestion['kind'], Readonly<Record<string, string>>>> = {
  tcp: {
    ETIMEDOUT: 'the connection is not taken: who listens there is too busy',
  },
  unix: {
    ENOENT: 'there is no such socket',
    ENOTDIR: 'there is no such socket: a part of its path is no folder',
    // What is no socket at all refuses as well.
    ECONNREFUSED: 'the connection is refused: nobody listens on what is there',
    ETIMEDOUT: 'the connection is not taken: who listens there is too busy',
    EAGAIN: 'the connection is not taken: who listens there is too busy',
  },
};
