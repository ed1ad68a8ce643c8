import { defineAction, path, text } from '@release-kit/action';

export const spec = defineAction({
  name: 'changelog',
  description: 'Works out the next semantic version and release notes from the commits since the previous tag.',
  inputs: {
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'Folder inside the git checkout.' }),
    to: text({
      default: 'HEAD',
      pattern: /^(?!-)[^\s\0]{1,255}$/,
      patternText: 'a commit, branch or tag that does not start with -',
      description: 'Newest commit of the notes; a release tag names the version as well.',
    }),
    from: text({
      optional: true,
      pattern: /^(?!-)[^\s\0]{1,255}$/,
      patternText: 'a commit, branch or tag that does not start with -',
      defaultText: 'the greatest lower release tag',
      description: 'Tag or commit to compare with.',
    }),
    'tag-prefix': text({
      default: 'v',
      pattern: /^[A-Za-z0-9._/-]{0,100}$/,
      patternText: 'letters, digits and . _ / -',
      description: 'What release tags start with.',
    }),
    output: path({ optional: true, anywhere: true, defaultText: 'not written', description: 'Write the notes to this Markdown file.' }),
  },
  outputs: {
    version: { description: 'Next version, for example 1.3.0.' },
    previous: { description: 'Tag compared with; empty for a first release.' },
    bump: { description: 'major, minor, patch, none, or initial.' },
    notes: { description: 'The notes, GitHub Markdown.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'to read the history; check out with fetch-depth: 0' }],
  errors: ['E_INPUT', 'E_PATH', 'E_GIT', 'E_TAG', 'E_HISTORY', 'E_TOOL_MISSING'],
});
