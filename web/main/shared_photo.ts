// A photo that another app handed to the installed site: the service worker holds it until it is asked for.

/** `take` gets it, once; `lost` is told where there is none. */
export async function takeShared(take: (photo: File) => unknown, lost: () => void): Promise<void> {
  const address = new URL(location.href);
  if (!address.searchParams.has('shared')) return;
  address.searchParams.delete('shared');
  history.replaceState(null, '', address);
  const response = await fetch('./shared').catch(() => undefined);
  if (!response?.ok) return lost();
  const photo = await response.blob();
  take(new File([photo], decodeURIComponent(response.headers.get('X-Name') ?? 'photo'), { type: photo.type }));
}
