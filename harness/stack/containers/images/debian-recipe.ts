/** How a base is made from Debian's package archive alone. Part of every image's digest. */
export const DEBIAN_RECIPE = {
  suite: 'bookworm',
  archive: 'http://deb.debian.org/debian',
  variant: 'minbase',
  /** Removed from the base; licences (`copyright`) stay, as the packages' licences ask for. */
  remove: [
    'usr/share/man',
    'usr/share/info',
    'usr/share/locale',
    'usr/share/lintian',
    'var/cache/apt/archives',
    'var/lib/apt/lists',
    'var/log/bootstrap.log',
    'var/log/dpkg.log',
  ],
  /** What packages that are installed later leave out as well. */
  dpkgConfig: [
    'path-exclude=/usr/share/doc/*',
    'path-include=/usr/share/doc/*/copyright',
    'path-exclude=/usr/share/man/*',
    'path-exclude=/usr/share/info/*',
    'path-exclude=/usr/share/locale/*',
    'force-unsafe-io',
    '',
  ].join('\n'),
} as const;
