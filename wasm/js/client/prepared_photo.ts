// A photo that the service holds, as the caller sees it.
import type { Picture, PreparedPhoto, RawTensor } from '../api/index.js';
import type { Connection } from '../rpc/connection.js';
import type { EngineCalls } from '../rpc/engine_calls.js';

/** Who is no longer reachable need not be held. */
const forgotten = new FinalizationRegistry<() => void>((close) => close());

export class PreparedPhotoClient implements PreparedPhoto {
  readonly width: number;
  readonly height: number;
  readonly id: number;
  readonly connection: Connection<EngineCalls>;

  constructor(id: number, { width, height }: { width: number; height: number }, connection: Connection<EngineCalls>) {
    this.id = id;
    this.width = width;
    this.height = height;
    this.connection = connection;
    forgotten.register(this, () => void connection.call('closePhoto', id).catch(() => {}), this);
  }

  async pixels(): Promise<Picture> {
    const { width, height, rgb } = await this.connection.call('photoPixels', this.id);
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < rgb.length; i++) data[i + Math.floor(i / 3)] = rgb[i] as number;
    return { width, height, data };
  }

  input(): Promise<RawTensor> {
    return this.connection.call('photoInput', this.id);
  }

  close() {
    forgotten.unregister(this);
    // A service that is gone holds nothing.
    this.connection.call('closePhoto', this.id).catch(() => {});
  }
}
