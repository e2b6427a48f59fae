#!/bin/sh
# Makes the video that the simulator serves: three seconds, 640x360, H.264 baseline and AAC, playable before it is whole.
# Usage: make-remix-mp4.sh FILE. Needs ffmpeg with libx264 and drawtext, and the DejaVu font.
set -eu
ffmpeg -hide_banner -loglevel error -y \
    -f lavfi -i "gradients=size=640x360:rate=24:c0=0x0b1d51:c1=0xf26a2e:c2=0x1fa187:n=3:speed=0.03:duration=3:seed=7" \
    -f lavfi -i "testsrc2=size=208x116:rate=24:duration=3" \
    -f lavfi -i "mandelbrot=size=208x116:rate=24:start_scale=2.2:end_scale=0.4:maxiter=300" \
    -f lavfi -i "sine=frequency=440:sample_rate=44100:duration=3" \
    -filter_complex "
        [0:v][1:v]overlay=x='32+24*sin(2*t)':y=210[a];
        [2:v]trim=duration=3[m];
        [a][m]overlay=x='400-24*sin(2*t)':y=210:shortest=1,
        drawtext=text='ToAPIs simulator':fontcolor=white:fontsize=48:x=(w-text_w)/2:y=70,
        drawtext=text='%{pts\:hms}':fontcolor=white:fontsize=28:x=(w-text_w)/2:y=140[v];
        [3:a]volume=0.1,afade=t=out:st=2.5:d=0.5[s]" \
    -map "[v]" -map "[s]" -t 3 \
    -c:v libx264 -profile:v baseline -level 3.0 -preset veryslow -crf 30 -pix_fmt yuv420p -threads 1 \
    -c:a aac -b:a 32k -ac 1 -movflags +faststart -map_metadata -1 \
    -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "$1"
