// What every shell can do. A shell shows the wall; the launcher chooses one and keeps it.

export interface SnapshotResult {
  /** The wall was live when the picture was taken. */
  readonly live: boolean;
  /** Video tiles that showed a box on an e-bike. */
  readonly boxed: number;
}

export interface Shell {
  readonly name: string;
  /** Settles when the person closed the wall; a crash is revived inside. */
  readonly closed: Promise<void>;
  /** The wall is drawn, every feed is live. */
  isLive(): Promise<boolean>;
  /**
   * Saves a picture once the wall is live, preferably with a box on an e-bike in it.
   * @param deadline epoch ms after which the picture is taken as it is
   */
  snapshot(file: string, deadline: number): Promise<SnapshotResult>;
  /** The wall has gone quiet: show it afresh. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}
