import type { ActionSpec, InputSpec } from '@release-kit/action';

/** Where the published actions live. The tool that publishes the tree replaces both by the real name and commit. */
export const placeholder = { repository: 'release-kit/release-kit', ref: 'v1' } as const;

/** Inputs of the pipeline: each is an input of the action named, with its description and default. */
const inputs = {
  source: 'build-deb',
  output: 'build-deb',
  distribution: 'build-deb',
  architecture: 'build-deb',
  strategy: 'build-deb',
  version: 'build-deb',
  'include-source': 'build-deb',
  'local-packages': 'build-deb',
  artifact: 'build-deb',
  'retention-days': 'build-deb',
  'fail-on': 'lintian-check',
  'fail-on-new': 'lintian-check',
  config: 'install-smoke',
  engine: 'build-deb',
  mirror: 'build-deb',
} as const;

interface Step {
  readonly action: string;
  /** A check of what was built, which runs though the one before it has failed: a person wants to know all at once. */
  readonly check?: true;
  readonly id: string;
  readonly forwards: readonly (keyof typeof inputs)[];
}

const steps: readonly Step[] = [
  { action: 'setup-cross', id: 'setup', forwards: ['distribution', 'architecture', 'strategy', 'engine', 'mirror'] },
  {
    action: 'build-deb',
    id: 'build',
    forwards: [
      ...(['source', 'output', 'distribution', 'architecture', 'strategy', 'version', 'include-source', 'local-packages'] as const),
      ...(['artifact', 'retention-days', 'engine', 'mirror'] as const),
    ],
  },
  { action: 'lintian-check', id: 'lint', check: true, forwards: ['source', 'config', 'fail-on', 'fail-on-new', 'engine', 'mirror'] },
  { action: 'install-smoke', id: 'smoke', check: true, forwards: ['source', 'config', 'local-packages', 'engine', 'mirror'] },
];

const outputs = ['manifest', 'manifest-digest', 'version', 'packages', 'artifact-id', 'artifact-name', 'artifact-digest'] as const;

/**
 * The root action.yml: build, lint and smoke test in one step. Signing and releasing are not in it: they hold keys and
 * write permission and belong to jobs of their own that run no project code.
 */
export function renderPipelineAction(specs: ReadonlyMap<string, ActionSpec>): string {
  return [
    '# Rendered from the specs of the actions by `npm run render`; do not edit.',
    'name: release-kit',
    'description: "Builds Debian packages in a clean machine, checks them with lintian, and installs them under a running systemd."',
    'inputs:',
    ...Object.entries(inputs).flatMap(([name, action]) => inputLines(name, inputOf(specs, action, name))),
    'outputs:',
    ...outputs.flatMap((name) => [
      `  ${name}:`,
      `    description: ${JSON.stringify(specOf(specs, 'build-deb').outputs[name]?.description ?? '')}`,
      `    value: \${{ steps.build.outputs.${name} }}`,
    ]),
    'runs:',
    '  using: composite',
    '  steps:',
    ...steps.flatMap((step) => stepLines(specs, step)),
    'branding:',
    '  icon: package',
    '  color: purple',
    '',
  ].join('\n');
}

function inputLines(name: string, input: InputSpec): readonly string[] {
  const head = [`  ${name}:`, `    description: ${JSON.stringify(input.description)}`, '    required: false'];
  return input.default === undefined || input.default === '' ? head : [...head, `    default: ${JSON.stringify(String(input.default))}`];
}

function stepLines(specs: ReadonlyMap<string, ActionSpec>, { action, id, forwards, check }: Step): readonly string[] {
  const known = specOf(specs, action).inputs;
  const handed = ['manifest', 'manifest-digest']
    .filter((name) => Object.hasOwn(known, name))
    .map((name) => [name, `steps.build.outputs.${name}`]);
  const forwarded = forwards.map((name) => {
    inputOf(specs, action, name);
    return [name, `inputs.${name}`];
  });
  return [
    `    - id: ${id}`,
    ...(check === undefined ? [] : [`      if: \${{ !cancelled() && steps.build.outcome == 'success' }}`]),
    `      uses: ${placeholder.repository}/${action}@${placeholder.ref}`,
    '      with:',
    ...[...handed, ...forwarded].map(([name, expression]) => `        ${name}: \${{ ${expression} }}`),
  ];
}

function specOf(specs: ReadonlyMap<string, ActionSpec>, action: string): ActionSpec {
  const spec = specs.get(action);
  if (spec === undefined) throw new Error(`there is no action ${action}`);
  return spec;
}

function inputOf(specs: ReadonlyMap<string, ActionSpec>, action: string, name: string): InputSpec {
  const input = specOf(specs, action).inputs[name];
  if (input === undefined) throw new Error(`${action} has no input ${name}`);
  return input;
}
