import { expect, test } from '@jest/globals';
import { dockerEnvironment } from './docker-cli.ts';
import { execArgs } from './docker-machine.ts';

test('every word and variable of a command is an argument of its own', () => {
  const how = { cwd: '/a b', user: 'builder', env: { X: 'v $HOME\n2', Y: '--privileged' }, stdin: true };
  expect(execArgs('c', ['sh', '-c', '$(id)', ''], how)).toEqual([
    'exec',
    '--interactive',
    '--user=builder',
    '--workdir=/a b',
    '--env=X=v $HOME\n2',
    '--env=Y=--privileged',
    'c',
    'sh',
    '-c',
    '$(id)',
    '',
  ]);
  expect(execArgs('c', ['true'], { ...how, env: {}, stdin: false })).toEqual(['exec', '--user=builder', '--workdir=/a b', 'c', 'true']);
});

test('the client gets the way to the daemon, and nothing else of our environment', () => {
  const variables: Record<string, string> = { DOCKER_HOST: 'unix:///s', DOCKER_AUTH_CONFIG: 'secret', GITHUB_TOKEN: 'secret' };
  expect(dockerEnvironment({ env: (name) => variables[name] })).toEqual({ DOCKER_HOST: 'unix:///s' });
});
