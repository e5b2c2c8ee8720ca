import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shown } from '../api/client';
import './media.css';

type Drawn = Pick<Shown, 'renditions' | 'placeholder'>;

interface Given {
  of: Drawn;
  alt: string;
  sizes: string;
  /** The shape of its frame, width by height; its own without. */
  shape?: number;
  /** Of what is seen at once: it waits for nothing. */
  eager?: boolean;
}

/** In the width that fits; a blurred one holds its place until it is there, so that nothing moves. */
export function Picture({ of, alt, sizes, shape, eager = false }: Given) {
  const image = useRef<HTMLImageElement>(null);
  const [there, setThere] = useState(false);
  useEffect(() => setThere(!!image.current?.complete), [of.renditions[0]?.url]);
  const [smallest, largest] = [of.renditions[0], of.renditions.at(-1)];
  if (!smallest || !largest) return null;
  const ratio = shape ?? largest.width / largest.height;
  return (
    <span class={there ? 'picture there' : 'picture'} style={{ aspectRatio: String(ratio), backgroundImage: of.placeholder ? `url("${of.placeholder}")` : undefined }}>
      <img
        ref={image} alt={alt} sizes={sizes} width={largest.width} height={largest.height} loading={eager ? 'eager' : 'lazy'} decoding="async"
        srcset={of.renditions.map((each) => `${each.url} ${each.width}w`).join(', ')} src={smallest.url} onLoad={() => setThere(true)} onError={() => setThere(true)}
      />
    </span>
  );
}

/** The shape of a picture in a list: neither a tower nor a ribbon. */
export function listed({ renditions }: Drawn): number {
  const largest = renditions.at(-1);
  return largest ? Math.min(Math.max(largest.width / largest.height, 1.25), 2.2) : 1.5;
}
