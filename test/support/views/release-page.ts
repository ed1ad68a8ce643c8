import { createHash } from 'node:crypto';
import type { FakeRelease } from '@release-kit/github-stand-in';
import { githubHtml } from '../pictures/page.ts';
import { escaped } from './html.ts';

/** A release as a maintainer finds it on the page of releases: its state, notes, and assets with their digests. */
export async function releasePage(release: FakeRelease, repository: string): Promise<string> {
  const label = release.draft ? ['Draft', '#bc4c00'] : release.prerelease ? ['Pre-release', '#9a6700'] : ['Latest', '#1a7f37'];
  const more = release.draft && release.prerelease ? ' <span class="label">Pre-release</span>' : '';
  const assets = [...release.assets].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = assets.map(({ name, bytes, measured }) => {
    const sha256 = measured?.sha256 ?? createHash('sha256').update(bytes).digest('hex');
    return `<div class="row"><span class="mono">${escaped(name)}</span><span class="end mono grey">sha256:${sha256.slice(0, 12)}… · ${sizeText(measured?.size ?? bytes.length)}</span></div>`;
  });
  return `<main>
<p class="grey">${escaped(repository)} / Releases</p>
<h1><b>${escaped(release.title ?? release.tag)}</b> <span class="label" style="color:${label[1]};border-color:${label[1]}">${label[0]}</span>${more}</h1>
<p class="grey small">tag <span class="mono">${escaped(release.tag)}</span> at <span class="mono">${escaped(release.commit.slice(0, 7))}</span></p>
<section class="box"><article class="markdown-body" style="padding:16px">${await githubHtml(release.body ?? '')}</article></section>
<section class="box"><header>Assets (${assets.length})</header>${rows.join('')}</section>
</main>`;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} Bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
