#!/bin/bash
# Takes away what after-install added beside the package's own files. `$1` is dpkg's word for what happens; rpm gives 0
# when the last version goes and 1 while another stays.

if [ "$1" = upgrade ] || [ "$1" = 1 ]; then exit 0; fi

if type update-alternatives >/dev/null 2>&1; then
  update-alternatives --remove '${executable}' '/opt/${sanitizedProductName}/${executable}' || true
else
  rm -f '/usr/bin/${executable}'
fi

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  # Out of the kernel first: without its file it could not be found again before the next start of the machine.
  if apparmor_status --enabled >/dev/null 2>&1 && ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if hash update-desktop-database 2>/dev/null; then
  update-desktop-database /usr/share/applications || true
fi

if [ "$1" = purge ]; then
  echo 'SMuRF Panel: crates, runs, logs and history of the operators were left as they are.'
  echo "They stand in each user's ~/.config/SMuRF Panel, or in the folder named by SMURF_PANEL_HOME or --home."
fi
