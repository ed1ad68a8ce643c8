import type { ActionSpec, InputSpec } from '../spec.ts';
import { defaultTextOf, isRequired } from './input-words.ts';
import { quoted, yamlText } from './yaml-text.ts';

/** The text of `action.yml`: the contract that GitHub reads (docs: metadata syntax). Same spec, same bytes. */
export function renderActionYml(spec: ActionSpec): string {
  return [
    `# Rendered from actions/${spec.name}/src/spec.ts by \`npm run render\`; do not edit.`,
    `name: release-kit ${spec.name}`,
    `description: ${yamlText(spec.description)}`,
    ...section('inputs', Object.entries(spec.inputs).flatMap(inputLines)),
    ...section(
      'outputs',
      Object.entries(spec.outputs).flatMap(([name, { description }]) => [`  ${name}:`, `    description: ${yamlText(description)}`]),
    ),
    'runs:',
    '  using: node24',
    '  main: index.js',
    ...(spec.post === undefined ? [] : [`  # ${spec.post}`, '  post: index.js']),
    'branding:',
    '  icon: package',
    '  color: purple',
    '',
  ].join('\n');
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in.
const jobToken = '${{ github.token }}';

function section(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${name}:`, ...lines];
}

function inputLines([name, input]: readonly [string, InputSpec]): readonly string[] {
  const value = defaultTextOf(input);
  return [
    `  ${name}:`,
    `    description: ${yamlText(input.description)}`,
    `    required: ${isRequired(input)}`,
    // An absent default and an empty one are the same to `run`, so an empty one is not written.
    ...(value === undefined || value === '' ? [] : [`    default: ${quoted(value)}`]),
    ...(input.type === 'secret' && input.jobToken === true ? [`    default: ${jobToken}`] : []),
  ];
}
