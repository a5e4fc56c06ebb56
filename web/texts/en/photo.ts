// Photos on their way in, and the part of one that is looked at.
export const page = {
  'crop.open': 'Crop',
  'crop.photo-open': 'Crop the photo',
  'crop.half': 'What lies between the two lines goes into the picture of both: the middle half of the square.',
  'crop.title': 'What the network is to see',
  'crop.photo': 'The whole photo',
  'crop.square': 'The part: arrow keys move it, plus and minus change its size',
  'crop.size': 'Size',
  'crop.take': 'Use this part',
  'crop.usual': 'The middle, as usual',
  'crop.everything': 'All of it, squeezed',
  'crop.close': 'Cancel',
} as const;

export const words = {
  'crop.value': '{side} × {side} of {width} × {height} pixels',
  'part.middle': 'the middle {share} of the photo',
  'part.everything': 'all of it, squeezed',
  'part.chosen': 'a part that you chose',
  'photo.reading': 'Reading “{name}”, {size}',
  'photo.reading-several': 'Reading “{name}”, {size} ({number} of {all})',
  'photo.others': { one: 'The other one is here.', other: 'The other {count} are here.' },
  'photo.strip': 'Your photos',
  'photo.own-named': 'Your photo {name}',
  'photo.nameless': 'the picture',
  'photo.another-page': 'another page',
  'photo.elsewhere':
    '“{name}” is on {host}, and this page reaches no other site, so that nobody learns what you look at. Copy the picture itself there and paste it here, or save it and choose the file.',
  'photo.address-unread': '“{name}” could not be read from its address. Save the picture and choose the file.',
} as const;
