/** Somebody as GitHub's REST interface shows them. */
export const userBody = (base: string): object => ({
  login: 'octocat',
  id: 1,
  node_id: 'U',
  avatar_url: `${base}/a`,
  gravatar_id: null,
  url: base,
  html_url: base,
  followers_url: base,
  following_url: base,
  gists_url: base,
  starred_url: base,
  subscriptions_url: base,
  organizations_url: base,
  repos_url: base,
  events_url: base,
  received_events_url: base,
  type: 'User',
  site_admin: false,
});

const addresses =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks html issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees clone git ssh svn'.split(
    ' ',
  );
const counts = ['forks', 'forks_count', 'open_issues', 'open_issues_count', 'size', 'stargazers_count', 'watchers', 'watchers_count'];
const flags = ['fork', 'private', 'has_downloads', 'has_issues', 'has_projects', 'has_wiki', 'has_pages', 'archived', 'disabled'];
const unset = ['description', 'homepage', 'language', 'mirror_url', 'license', 'pushed_at', 'created_at', 'updated_at'];

/** A repository (`owner/name`) as it stands inside of other answers. */
export function repositoryBody(repository: string, base: string): object {
  const all = (names: readonly string[], value: unknown): object => Object.fromEntries(names.map((name) => [name, value]));
  const [, name = ''] = repository.split('/');
  return {
    ...all(
      addresses.map((one) => `${one}_url`),
      base,
    ),
    ...all(counts, 0),
    ...all(flags, false),
    ...all(unset, null),
    ...{ id: 1, node_id: 'R', url: base, name, full_name: repository, default_branch: 'main', owner: userBody(base) },
  };
}
