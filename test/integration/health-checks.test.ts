import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

const server = `#!/usr/bin/perl
use strict; use IO::Socket::INET; use IO::Socket::UNIX; use IO::Select;
$| = 1; $SIG{PIPE} = 'IGNORE';
my $http = IO::Socket::INET->new(LocalAddr => '127.0.0.1:8091', Listen => 20, ReuseAddr => 1) or die;
my $unix = IO::Socket::UNIX->new(Local => '/run/health/health.sock', Listen => 20) or die;
print STDERR "listening on 8091\\n";
my %answers = (
  '/good' => "200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nall\\nis well\\n",
  '/moved' => "302 Found\\r\\nLocation: http://127.0.0.1:8091/good\\r\\n\\r\\n",
);
while (my @ready = IO::Select->new($http, $unix)->can_read) {
  for my $from (@ready) {
    my $client = $from->accept or next;
    if ($from == $http) {
      my ($path) = (<$client> // '') =~ m{^GET (\\S+)};
      print $client 'HTTP/1.0 ', $answers{$path // ''} // "404 Not Found\\r\\n\\r\\n::error::no such page\\n";
    }
    close $client;
  }
}
`;

const tlsFolder = '/var/lib/health';
const request = `openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=localhost -addext subjectAltName=DNS:localhost`;
const units = ['health.service', 'secure.service', 'tick.timer', 'tick.service'];
const health: TinyPackage = {
  name: 'health',
  depends: 'openssl',
  files: {
    'usr/lib/health/server': server,
    'usr/lib/systemd/system/health.service':
      '[Service]\nRuntimeDirectory=health\nExecStart=/usr/bin/perl /usr/lib/health/server\n[Install]\nWantedBy=multi-user.target\n',
    'usr/lib/systemd/system/secure.service': `[Service]\nExecStart=/usr/bin/openssl s_server -accept 127.0.0.1:8443 -www -quiet -cert ${tlsFolder}/ca.pem -key ${tlsFolder}/key.pem\n[Install]\nWantedBy=multi-user.target\n`,
    'usr/lib/systemd/system/tick.timer': '[Timer]\nOnCalendar=yearly\n[Install]\nWantedBy=timers.target\n',
    'usr/lib/systemd/system/tick.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
  },
  // Where systemd does not run, scripts leave it alone.
  scripts: {
    postinst: `mkdir -p ${tlsFolder}\n${request} -keyout ${tlsFolder}/key.pem -out ${tlsFolder}/ca.pem 2>/dev/null\n[ ! -d /run/systemd/system ] || systemctl daemon-reload\n[ ! -d /run/systemd/system ] || systemctl enable --quiet --now health.service secure.service tick.timer`,
    prerm: `[ ! -d /run/systemd/system ] || systemctl disable --quiet --now ${units.slice(0, 3).join(' ')}`,
    postrm: `[ ! -d /run/systemd/system ] || systemctl daemon-reload\n[ "$1" != purge ] || rm -rf ${tlsFolder}`,
  },
};

interface SeenProblem {
  readonly category: string;
  readonly message: string;
  readonly place: { readonly line: number } | null;
}

async function smoke(host: RecordingHost, checks: string): Promise<unknown> {
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  await manifestOf(out, [await tinyPackage(host, out, health)]);
  await writeFile(join(host.files.workspace, 'release-kit.yml'), checks);
  const inputs = readInputs(spec, { timeout: '60s', report: 'report.json' }, { workspace: host.files.workspace, nameOf: (name) => name });
  return await run(inputs, host).catch((error: unknown) => error);
}

describeWithMachines('health checks', () => {
  test(
    'each kind is asked inside the machine until it is good',
    async () => {
      await using host = await machineHost();
      const result = await smoke(
        host,
        `smoke:
  services:
    - unit: health.service
      healthy:
        - { http: "http://127.0.0.1:8091/good", status: [200, 204], body: "^is well$", headers: { Content-Type: "^text/" } }
        - { unix: /run/health/health.sock }
        - { log: "^listening on \\\\d+$" }
  checks:
    - { http: "http://localhost:8091/moved", status: 302, headers: { location: /good } }
    - { http: "https://127.0.0.1:8443/", body: "s_server", tls: { ca: ${tlsFolder}/ca.pem, name: localhost } }
    - { http: "https://127.0.0.1:8443/", tls: any }
    - { tcp: "localhost:8443" }
    - { command: "id -un; echo no >&2; exit 3", exit: 3, output: "^nobody$", user: nobody }
    - { unit: tick.timer, state: waiting }
    - { unit: health.service }
    - { file: /run/health }
    - { log: "listening on 8091" }
    - { unix: /run/systemd/journal/dev-log }
`,
      );
      expect(host.recorded.annotations).toEqual([]);
      expect(result).toMatchObject({ result: 'passed' });
      expect(host.recorded.lines.some((line) => /^✓ health checks .*8091\/good, .*health\.sock, .* good$/.test(line))).toBe(true);
    },
    long,
  );

  test(
    'each that fails says at its line what came instead, and what is nearest to the reason',
    async () => {
      await using host = await machineHost();
      const error = await smoke(
        host,
        `smoke:
  services:
    - unit: health.service
      healthy: { http: "http://127.0.0.1:8091/none", within: 1s }
  checks:
    - { http: "http://127.0.0.1:8091/moved", within: 1s }
    - { http: "http://127.0.0.1:8091/good", body: "is bad", within: 1s }
    - { http: "http://127.0.0.1:8091/good", headers: { content-type: json }, within: 1s }
    - { http: "http://127.0.0.1:8092/", within: 1s }
    - { http: "https://127.0.0.1:8443/", within: 1s }
    - { http: "https://127.0.0.1:8443/", tls: { ca: ${tlsFolder}/ca.pem }, within: 1s }
    - { http: "https://127.0.0.1:8443/", tls: { ca: /none.pem }, within: 1s }
    - { tcp: "[::1]:8091", within: 1s }
    - { unix: /run/none.sock, within: 1s }
    - { unix: /etc/hostname, within: 1s }
    - { command: "echo one; echo two; exit 4", within: 1s }
    - { command: "echo one", output: two, within: 1s }
    - { command: "sleep 60", within: 1s }
    - { unit: tick.service, within: 1s }
    - { unit: none.service, within: 1s }
    - { file: /run/health/none/file, within: 1s }
    - { log: "listening on 9", unit: health.service, within: 1s }
`,
      );
      if (!(error instanceof UserError)) throw new Error('it passed');
      const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      const problems: readonly SeenProblem[] = report.targets[0].tracks[0].problems;
      const told = new Map(problems.filter(({ category }) => category === 'unhealthy').map(({ place, message }) => [place?.line, message]));
      expect(told.get(4)).toMatch(
        /^health\.service: .*8091\/none was not good within 1 s \(asked .*: status 404; the body starts with "\\::error::no such page"/,
      );
      const expected: readonly (readonly [number, RegExp])[] = [
        [6, /8091\/moved was not good .*: status 302, which leads to http:\/\/127\.0\.0\.1:8091\/good \(redirects are not followed\)/],
        [7, /the body starts with "all", which does not match \/is bad\//],
        [8, /the header content-type is "text\/plain", which does not match \/json\//],
        [9, /the connection is refused: nobody listens there; these ports are listened on: 127\.0\.0\.1:8091, 127\.0\.0\.1:8443/],
        [10, /its certificate is signed by itself \(localhost\), and not trusted/],
        [11, /its certificate is for DNS:localhost, not for 127\.0\.0\.1/],
        [12, /the file of tls\.ca, \/none\.pem, cannot be read in the machine/],
        [13, /^\[::1\]:8091 was not good .*nobody listens there; these ports are listened on/],
        [14, /\/run\/none\.sock was not good .*: there is no such socket/],
        [15, /the connection is refused: nobody listens on what is there/],
        [16, /: exit code 4; it said last: two/],
        [17, /: the output starts with "one", which does not match \/two\//],
        [18, /the command sleep 60 was not good .*\(asked once\): it was not done/],
        [19, /tick\.service active was not good .*: it is inactive \(dead\)/],
        [20, /there is no such unit/],
        [21, /it is not there; of its path there is \/run\/health$/],
        [22, /the last of \d+ lines is ".*listening on 8091"; none matches/],
      ];
      for (const [line, message] of expected) expect([line, told.get(line)]).toEqual([line, expect.stringMatching(message)]);
      expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    },
    long,
  );
});
