import { type BrokenPackage, httpDaemon, ownService, serviceFile, servicePackage, unitFolder, unitScripts } from './broken-package.ts';

const daemon = 'usr/lib/broken/daemon';
const executable = { [daemon]: 0o755 };
const sleeping = ['ExecStart=/bin/sleep infinity'];
const listening = (address: string, status?: string) =>
  servicePackage(['ExecStart=/usr/lib/broken/daemon'], { files: { [daemon]: httpDaemon(address, status) }, modes: executable });

/** Packages whose services or answers are wrong. */
export const serving: readonly BrokenPackage[] = [
  { name: 'program-missing', shownBy: 'smoke-units', packages: [servicePackage(['ExecStart=/usr/sbin/broken-daemon'])] },
  { name: 'dies-after-2-s', isVariation: true, packages: [servicePackage(['ExecStart=/bin/sh -c "sleep 2; echo no table >&2; exit 4"'])] },
  {
    name: 'crash-loop',
    shownBy: 'smoke-units',
    packages: [servicePackage(['ExecStart=/bin/sh -c "echo no table >&2; exit 1"', 'Restart=always', 'RestartSec=200ms'])],
  },
  {
    name: 'never-ready',
    shownBy: 'smoke-units',
    packages: [servicePackage(['Type=notify', 'ExecStart=/bin/sleep infinity', 'TimeoutStartSec=4'])],
  },
  {
    name: 'one-shot-fails',
    isVariation: true,
    packages: [servicePackage(['Type=oneshot', 'ExecStart=/bin/sh -c "echo cannot migrate >&2; exit 2"'])],
  },
  { name: 'user-missing', isVariation: true, packages: [servicePackage(['User=broken', 'ExecStart=/bin/sleep infinity'])] },
  {
    name: 'directive-misspelt',
    shownBy: 'smoke-units',
    packages: [servicePackage(['ExecStart=/bin/sleep infinity', 'Restrat=always', 'PrivateTmp=perhaps'])],
  },
  {
    name: 'unit-without-program',
    isVariation: true,
    packages: [servicePackage(['Type=simple', 'ExecStart=sleep-forever'])],
  },
  {
    name: 'template-fails',
    isVariation: true,
    packages: [
      {
        name: 'broken',
        files: {
          [`${unitFolder}/broken@.service`]: serviceFile('ExecStart=/usr/lib/broken/serve %i').replace(
            'WantedBy=',
            'DefaultInstance=main\nWantedBy=',
          ),
        },
        scripts: {
          postinst:
            'if [ -d /run/systemd/system ]; then\n\tsystemctl daemon-reload\n\tsystemctl enable --quiet --now broken@main.service || true\nfi',
          prerm: 'if [ -d /run/systemd/system ]; then\n\tsystemctl disable --quiet --now broken@main.service\nfi',
        },
      },
    ],
  },
  {
    name: 'socket-without-service',
    packages: [
      {
        name: 'broken',
        files: {
          [`${unitFolder}/broken.socket`]: '[Socket]\nListenStream=127.0.0.1:7070\n\n[Install]\nWantedBy=sockets.target\n',
        },
        scripts: unitScripts('broken.socket'),
      },
    ],
  },
  {
    name: 'disabled-again',
    shownBy: 'smoke-units',
    packages: [
      servicePackage(sleeping, {
        scripts: { postinst: `${unitScripts('broken.service').postinst}\nsystemctl disable --quiet broken.service` },
      }),
    ],
  },
  {
    name: 'started-against-the-wish',
    shownBy: 'smoke-units',
    packages: [servicePackage(sleeping)],
    smoke: [...ownService, '    state: inactive'],
  },
  {
    name: 'wrong-port',
    shownBy: 'smoke-units',
    packages: [listening('127.0.0.1:8098')],
    smoke: [...ownService, 'ports: ["127.0.0.1:8099/tcp"]'],
  },
  {
    name: 'listens-everywhere',
    isVariation: true,
    packages: [listening('0.0.0.0:8099')],
    smoke: [...ownService, 'ports: ["127.0.0.1:8099/tcp"]'],
  },
  {
    name: 'unhealthy',
    isVariation: true,
    packages: [listening('127.0.0.1:8099', '503 Service Unavailable')],
    smoke: [...ownService, '    healthy: { http: "http://127.0.0.1:8099/healthz", within: 2s }'],
  },
  {
    name: 'no-check-is-good',
    shownBy: 'health-checks',
    packages: [listening('127.0.0.1:8099')],
    smoke: [
      ...ownService,
      '    healthy:',
      '      - { http: "http://127.0.0.1:8099/", body: "^ready$", within: 1s }',
      '      - { http: "http://127.0.0.1:8099/", headers: { content-type: json }, within: 1s }',
      '      - { tcp: "127.0.0.1:8098", within: 1s }',
      '      - { unix: /run/broken.sock, within: 1s }',
      '      - { command: "echo starting; exit 3", output: started, within: 1s }',
      '      - { log: "ready to serve", within: 1s }',
      'checks:',
      '  - { unit: broken.service, state: exited, within: 1s }',
      '  - { file: /run/broken.pid, within: 1s }',
    ],
  },
  {
    name: 'command-fails',
    shownBy: 'install-smoke',
    packages: [
      {
        name: 'broken',
        files: { 'usr/bin/broken': '#!/bin/sh\necho "cannot open /var/lib/broken/table" >&2\nexit 9\n' },
        modes: { 'usr/bin/broken': 0o755 },
      },
    ],
    smoke: ['commands: ["true", "broken --version"]'],
  },
];
