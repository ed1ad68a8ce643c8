import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import type { LaggingLists } from './lagging-lists.ts';
import type { Places } from './releases.ts';
import type { RepositoryState } from './repository-state.ts';
import type { UploadBody } from './upload-body.ts';

/** A request whose form has been checked, and what answers it. */
export interface RouteRequest {
  readonly state: RepositoryState;
  readonly places: Places;
  readonly lists: LaggingLists;
  /** Parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON. */
  readonly body: unknown;
  /** Of uploads. */
  readonly upload: UploadBody | undefined;
  /** Whether the caller may write, and so sees drafts. */
  readonly seesDrafts: boolean;
}

export type Route = (request: RouteRequest) => Answer;

/** By the operation's id in GitHub's reference. */
export type Routes = Readonly<Record<string, Route>>;
