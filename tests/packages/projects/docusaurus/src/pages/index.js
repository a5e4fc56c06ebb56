import { useEffect } from 'react';
import { tell } from '../../explain.js';

export default function Page() {
  useEffect(() => void tell({ threads: 2 }), []);
  return <smooth-grad src="cat.webp" target="tiger cat" samples="2" threads="2" />;
}
