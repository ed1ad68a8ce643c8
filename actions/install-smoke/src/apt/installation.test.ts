import { describe, expect, test } from '@jest/globals';
import { unansweredQuestions } from './debconf-question.ts';
import { keptFiles, readInstallation } from './installation.ts';
import { networkWishes } from './network-wish.ts';

test.each([
  "W: Failed to fetch http://archive.example.org/debian/dists/bookworm/InRelease  Temporary failure resolving 'archive.example.org'",
  "wget: unable to resolve host address 'example.org'",
  'ping: example.org: Temporary failure in name resolution',
  "fatal: unable to access 'https://example.org/x.git/': Could not resolve host: example.org",
  'urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>',
  'curl: (7) Failed to connect to 192.0.2.1 port 80 after 0 ms: Network is unreachable',
  'npm error errno EAI_AGAIN getaddrinfo EAI_AGAIN registry.example.org',
])('%s wants the network', (line) => {
  expect(networkWishes(['Setting up a (1) ...', line]).map(({ script }) => script)).toEqual([{ package: 'a', name: 'postinst' }]);
});

test('each script that wants the network is named once', () => {
  const lines = [
    'Setting up a (1) ...',
    'Network is unreachable',
    'Network is unreachable',
    'Setting up b (1) ...',
    'fine',
    'Removing c (1) ...',
  ];
  expect(networkWishes([...lines, 'Could not resolve host: x']).map(({ script }) => `${script.package} ${script.name}`)).toEqual([
    'a postinst',
    'c prerm',
  ]);
  expect(networkWishes(['Network is unreachable'])).toEqual([]);
});

test('a script that goes on without the network is told as a warning', () => {
  const output = 'Setting up fetcher (1.0) ...\ncurl: (6) Could not resolve host: example.org\n::error::x\n';
  expect(readInstallation(output).warnings).toEqual([
    {
      category: 'needs-network',
      level: 'warning',
      message: 'the postinst script of fetcher wants the network, and goes on without: curl: (6) Could not resolve host: example.org',
      subject: { kind: 'script', package: 'fetcher', name: 'postinst' },
    },
  ]);
  expect(readInstallation('Setting up fetcher (1.0) ...\nall well\n').warnings).toEqual([]);
});

describe('questions of packages', () => {
  // As debconf of Debian 12 says it.
  const said = (priority: string, answer: string) => [
    'debconf (developer): <-- VERSION 2.0',
    'debconf (developer): --> 0 2.0',
    `debconf (developer): <-- INPUT ${priority} asker/name`,
    'debconf (developer): --> 30 question skipped',
    'debconf (developer): <-- GO ',
    'debconf (developer): --> 0 ok',
    'debconf (developer): <-- GET asker/name',
    `debconf (developer): --> 0 ${answer}`,
  ];

  test('of high priority without an answer are told, all others not', () => {
    expect(unansweredQuestions(said('high', ''))).toEqual([{ question: 'asker/name', priority: 'high' }]);
    expect(unansweredQuestions(said('critical', ''))).toEqual([{ question: 'asker/name', priority: 'critical' }]);
    expect(unansweredQuestions(said('medium', ''))).toEqual([]);
    expect(unansweredQuestions(said('high', 'a default'))).toEqual([]);
    expect(unansweredQuestions(['Setting up a', 'INPUT high x', '0 '])).toEqual([]);
  });

  test('are warnings, and what debconf says of itself is left out of the output', () => {
    const installation = readInstallation(['Setting up asker (1) ...', ...said('high', '')].join('\n'));
    expect(installation).toEqual({
      output: 'Setting up asker (1) ...',
      kept: [],
      warnings: [
        {
          category: 'unanswered-question',
          level: 'warning',
          message: 'asker/name is asked with priority high, and has no answer where nobody is asked',
        },
      ],
    });
  });
});

test('configuration files over which dpkg would have asked are named', () => {
  const output = `Setting up a (2) ...

Configuration file '/etc/a.conf'
 ==> Modified (by you or by a script) since installation.
 ==> Package distributor has shipped an updated version.
 ==> Keeping old config file as default.
Installing new version of config file /etc/b.conf ...
`;
  expect(keptFiles(output)).toEqual(['/etc/a.conf']);
});
