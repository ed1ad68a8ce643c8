import type { CommandText } from './command-text.ts';

/** What the manual says of the program as a whole. */
export const programText: CommandText = {
  details: [
    'release-kit runs on this machine what the GitHub Actions of the same name run in CI: the same code, the same configuration, the same result. A repository with debian/ needs no configuration.',
    'People start with init, doctor and release. Scripts use the actions by their names: each input of an action is a flag of its command. Secrets come from the environment only.',
    'A command that starts clean machines needs root; scripts/release-kit starts it with sudo.',
  ],
  environment: [
    { word: 'RELEASE_KIT_<INPUT>', about: 'a secret input, such as RELEASE_KIT_KEY, RELEASE_KIT_PASSPHRASE or RELEASE_KIT_TOKEN' },
    { word: 'RELEASE_KIT_CACHE', about: 'folder of base systems and layers (default: release-kit below XDG_CACHE_HOME or ~/.cache)' },
    { word: 'NO_COLOR', about: 'no colours, when it is set' },
    { word: 'CI', about: 'no live line, when it is set' },
  ],
  files: [
    { word: 'release-kit.yml', about: 'configuration, at the root of the repository or in .github/; release-kit config shows all of it' },
    { word: 'out/', about: 'where packages and drafts are laid, unless --output says otherwise' },
  ],
  examples: [
    { command: 'release-kit init', about: 'Workflows and configuration for this repository:' },
    { command: 'release-kit doctor', about: 'Whether this machine and this repository are ready:' },
    { command: 'release-kit release --dry-run', about: 'Everything but the draft:' },
    { command: 'release-kit --json plan | jq .result', about: 'For programs:' },
  ],
};
