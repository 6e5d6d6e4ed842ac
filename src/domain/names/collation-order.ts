/** Written by tools/collation-order.mjs, which says how to read it. Never edit it. */

/** The version of Unicode's root collation. */
export const COLLATION = 'CLDR 48.0 (Unicode 17.0)';

/** The letters in their order, each with its cases. */
export const LETTERS = `
9*5 3c 68z 1 -6bt,4f4 -4dd -1e 125 2uu 1gg -nu 1 1ch3 -1avy 2*4 2sl 1 -2qw 2r4 -18 15 t cf k 34 2j 17si -1hfl 93c -2 f b 2 1 -836
4v 1 2m 1 b0 362 6 rue 7j 6g 13fm -1qxi 14qs 1 mfw -20mf 15s 56c 2qu nup -nu5 -93j 11r 45 6d*6 88*f 277 2*4 wu 1 -1rl 1qa p3 s4q
-t0c*3 sg7 -wyb 3k 90y -83b il 3ez 2joa -2om7 3k 8z3 12 -83a 5d 6i 2fy 15q 3w5 1 nx0 6g sa k7m 16os -2iaq 2qj -92i 4pf -3e5 19 1
2g0 wx 6 -bf z2 3h9 5 8i c ngj 7j 6d 12pu pv fev -26cd -9cb 8ze 2 -79r 1 vhl 1 -rro 1 rp6 1 -soy 1 su1 -u79 1 1hl 1 k3*4 4z -g h -g
s55 1 44*3 41 6z inf 1 168 1 3c 1 3k 1 3n 1 36 1 bf 1 3a 1 ae 1 3i 1 6y 1 ef l9 1 ld 1 eui 1 lb 1 -1uk1 1 -4f6 1gab -1g40 6v 1s4 h1
8 1bq 1 8r 11 -10 y 1 s3n*6 4*4 -kb h9 irc kj*6 t2*5 19*4 8l 1 3l 3s m 1 5m wl eg 14h 1 25*b -1ed6 1 2*7 2q4*4 g -8x 3 7u 17ae
-1mn*3 il 1d 11r 5e9*5 29p 1 -1o0b 6c2 1 -6c8 3t g -43 1 1e 2 u 2 2wt*4 1ge 1 1wp 1 jm*4 1dd 1 -3e*m -cz 1 w*a -3r*e 1al*4 4 1 2 1
f 1 3*a 18*8 bw*a 3*8 14ir 1 -17op 2so -va*4 -850 902 -8zn 68l 2rm -e -933 -m 6ck 3 -544 vly -wuc 19 92m -944 6ck 2rs -94f 2 18l
53a -55z 560 -55z 55i 1 2s5*3 j -2sp 1 4 s 9 1 -r 3 34e 1m -35x 3 4 l -k g -f 1 2pq 1 5*3 3 3*9 4 1 3 1 11*5 nqu -vtw 1 4 2n 2 3 3
90*4 9d 336 1e8w*d -1h4s vig*3 2 mis*a -1hxo 3d 3e av d a8 2j b 1 uwz 1 -usb*7 5i 1 -5i 2*6 37 25*3 5 1 1gmd*8 2c*3 2*5 cu 1
-1elw*3 -2cz*4 1hl*3 jq*7 6 1 er*8 3ah oas 1 -rqx*4 rvz 4w 1 3h hzn 256*5 -16l*6 3 3jf*3 -3d8 -56 35*7 4j*4 10f 1 54 1 2g -6 k 2
2l*4 be 1 39 d -c 1 c 2 2x 6z 3*k 30 3a aq 7e 4d e7 ta euw*5 9 fd 8c 1 lbh*5 29g -2nxb -2 gr 58 -57 8*e 3*4 xat 1 -xat 1 7 1 6*9
2*h 39t*a t47*y 2v*3 r5 1fh1*4 2*7 2 1 -2d72 r6 7f 1 3e 2oko 1 -2okj 1 5r b 1cd6*g a6*g 1t 1 1j*8 1a*3 3bm*8 -1ftc 1c16*h -1c5o ec
ae 3n*6 2 1ihn*8 5*h -1ieq 5s 16 ujz*4 b 1 2 -u9k*3 g 2*3 3*6 l 2 2 3q*8 2*6 2 1 6*4 1at k3 -1pe 1 ue0*3 lhi -1e1r*w 9u*a a*9 -5ar
2q2u -2q2p 2q67 -2js9 4 c 3 1 6 1 4 2 2 2 5 c 7*4 6 2 3 1n 1 5 2 -1 2*7 3*i 2*u 4*1g 2*4 2 1 2 -5xz 5y0*4 -6p2 1h7n -1h3x 1y -w
-4b*3 32 -1c 16 -14 6ms -cg 1av1 -1aik*3 -cx cy*6 -5jp 5jq -5jp 5jq*7 2 2*5 3 3*g 2 1 2 1 2 2*m 2 2*a 6 1 3 1 3*6 3 1 3 1 3*y 5*d
-a9 aa*z 5*6 5*q 5*t 3*73 n*b 52*74 2bcx*5y 11*3 4*c4 7*n g*h 8pc*43 2*2k b -2ku2*1c 9*1h 4*q 7*34 2inb*q -2inz*x 1f4 1 -1f4*1z
19*1d 3*v b*g 75*3n n*1r 5*w 3*e 2*2v 4*2t 2*47 3*3u 6e*6 -yy*74 -hh*6 -2n*8 7t5*1s 24u9*2f -1nt2*1j i9d*9 1m*h 3*3 2*d 4 1c*19 1a3
1 jic*4 6 nbe -3jz*38 1p*6u b*13 -2cah*3 2caj*g -g h*10 d*3 n 1 8*u 5*d 7*16 m*1u 4 -4a1 9hs 3m k2*18 5*2s d*f 3*f 2*f 2*11 1sb*2g
9*e -1uo*3 2m*3 6p*6 4b*lc ld*74 35*d 4*b 4*1l 2 5*g 3*c 5*a -zc*61 4*h 4*d 4*62 7*c 5 g*c 5*1k 9*a 7*14 9*u 3*c 5 1 f*9 -6hk*e8
1k*4 1f*8 2*e 2 1 -2c9i*g ds -1b*12 -dd e 1 d n 7 1 9d 1 6m 14l9 -1e0c 1 1b4 yd 3k 1sh k0 sa0 n 3u 31 m 1 jgb ij7 1 nax 1 14y -2epm
1i 1r51 1 2 -1r5e 2 2 2w 2n 1 -9jt -2 -3i 3j 2 yy 3g dv 1 dv 1 8 6u v2f -uv3 1ihw*4 -1i1t 1wc 2ip0 -2gyn*7 3*h 2iuv -2iuu*8
-6fl=180=40=5s=bq=3k=3k=3k=3k=3k=3k=i=32=3k=3k=2y=3k=28=80=28=1g0=g=w=8m=3u=4w=g=5c=2o=40=g=3w7=nbt=j4=1c=5s=w=2o=bk=gwq=ly=1ow=g=me=3u=1y=4a=80=9s=3k=ao=34=g=a=2e=c0=34=io=2o=74=28=1s=a8=d0g=1tc=2o=40=f4=7k=jsw=w=2u8=c0=e8=75=nz,-2lnh,4b0=2ivg=1
-2q57=180=40=5s=bq=3k=3k=3k=3k=3k=3k=i=3=2z=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=9=4n=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=1n=m=1=1=av=1r=4x=5s=qf=x=1a=2c=r=4q=3k=1p=w=26=31=w=1d=9d=1j=g=7z=59=1g=38=3x=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xw=9=e=8=r=9=c0p=1tc=2o=40=f4=7k=jsw=w=3j=i=5=2q2=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=i=3=2z=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=2b=1=1=1=as=6o=5s=qf=x=1a=36=4n=3k=7s=w=1d=aw=g=7z=59=4o=3x=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=m=9=4=a=8=l=6=6=3=c0p=1tc=2o=40=f4=7k=jsw=w=3j=i=2q7=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=i=3=2z=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=qf=x=1a=36=4n=3k=7s=w=1d=aw=g=7z=59=4o=3x=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=f=9=4=1=9=1=7=1=3=1=g=6=6=c0s=1tc=2o=40=f4=7k=jsw=w=3j=i=2q7=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=rc=1a=1=7s=3k=7s=w=1d=aw=g=7z=59=4o=3x=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=9=5=a=8=4=1=1=1=d=6=1=m=c0b=1tc=2o=40=f4=7k=jsw=w=3j=i=2q7=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=1k=5=7=g=k=aa=1o=as=rc=1b=28=5k=88=en=1m=g=7z=59=8l=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=9=5=a=8=k=7=1=l=c0b=1tc=2o=40=f4=7k=jsw=w=3j=i=2=2q5=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=10v=2w1=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=10f=oh=g=7z=du=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=e=o=e=t=c0b=1tc=2o=40=f4=7k=jsw=w=3j=2qp=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=10f=oh=g=7z=du=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=e=o=1=1=15=c0b=1tc=2o=40=f4=7k=jsw=w=3j=2qp=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=10f=oh=g=7z=du=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=e=q=1=14=c0b=1tc=2o=40=f4=7k=jsw=w=3j=2qp=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
-7rs=180=40=5s=bq=3k=3k=3k=3k=3k=3k=3k=3k=3k=2y=3k=28=80=28=k8=vs=g=w=8m=3u=4w=g=5c=2o=40=g=3ww=nb4=j4=1c=5s=w=2o=bk=gt2=d6=cg=10f=oh=g=7z=du=l=3u=1y=4a=g=7k=9s=3k=ao=34=g=a=2e=c0=34=io=2o=9=6v=28=1s=a8=xa=7=6=9=e=r=1=1=1=11=c0b=1tc=2o=40=f4=7k=jsw=w=3j=2qp=c0=e8=75=k5=3u=m8=1e=2m,-2mdz,4az=ht=a=a
1sv6*3 -1ypu*6 ah*6 uyh*6 -uv9*3 1iha*l -1i7w*7 i*9 16i*b 2ro*3 4*3 1ash*m -18jl 16at 1 1y1*4 -2cv*10 d 1 3*4 2*6 2*8 9*j 2*5 j
9r*i 60*3 x5 1 1a*3 26*3 an w 1 -aw*3 -5a*5 i6*3 31*4 t*4 1a*3 oj*5 18*3 39*3 1gv 1 -1cw*b -17l*5 3kr*a -22q*b 1di*9 ga1*7 mh*a
jsn*a n*a 51j*15 b*3 4 1 2e*10 a*7 -18xg*7 3*10 -1k 1l*a -1v 586 1 13*f ykh*9 -2k9c,le,-ma,2q6n,w -2kj4 31h,-8bv 5ed rak,-1 -reh 1
s33 -xcx,8bj -8bi,5g6,2va p1f -rz4 -5dq,8bi p2s -xs2,5ty,-5uu,2q6n,w -2pqw -7t,5f 5bg -18 2x raj,-1 -r9y -5d9,-5u 2,-1 wtv,-r7w,r7v
-x1t,lh,-md,2q6n,w -2kj2 -5ag,-1 wns,-1 2,1c 1pi1 -2mc5,-1 5q 65r,-1 qf0,-1 -wyi,lh,-md,2q6n,2a,-1e -2kj2 1 req,-1 -rbu k -5d7,-5p
5q,-5p 2mcb -2gt0 -5j9,-1 46 wnk -r0y -5yy,lb,-m7,2q6n,w -2kj1 s2z 1 -xd8,-1 5e4 rz6 -p18 -8ez,-27 8h9 -8bm,5g1,-5ln 5ja -5dm,-5n
5j7 -5dn 2 2,wnj -r9z -3w -59n 1 1o -1i,wo7 -x2d,5tx,-5ut,2q6n,w -1t8l sl -po,-1 -rai k -5io,-1 69p,-s qmh -x3o,5tf,-5ub,2q6n,w
-1t45,-1 -wof,wnf 1phx -1osr -xck,5fd -5iu,-1 5gf -5cz,-5p 7c 5b0 2gsr -1pj7,-1 -wm3,-5r f,-1 -8q,le,-ma,2q6n,w -2pqz -7b,2p wpr
-wmn,wn8 -oci,-1 f,-1 oe9,-1 -5q,-1 -wjj 2c 2 -gk,l8,-m4,2q6n,w -2q13 8p,wn8 28 -7 -rfy,1x -5ba,-5t 5ic 2gtb -2gsk raf,-1 -wnn,-5v
5ie -5qq,-w,2q6n,w -2ptu 5ar -5a9,-1 2d,wlx -wnn 11 -ex,5td,-5u9,2q6n,w -2kj3 3d -5ij,-1 8gi,-1 o9k,-1 3,-1 3,-1 1pkv -2m3p,wlu
1pi8 -2mjo,5td,-5u9,2q6n,w -2pr0,5dr r55,-1 -ray rb1,-1 -wq6,4j 8bo,-1 -8ad,8af p1y,-rws rwt -xcd,wn5 1phz f -1ot8 -rzm -5co 2m61
-1pjs 1pj7 -2m71 wn2 -wlg 2m53 -1pj8,-1 2j,-1 -wu7,wu9 -wni 2m48 -2mjd,la,-m6,2q6n,w -2kj3,5u -34 n -5cl,8al p1o -n1 2 -3w
-wzp,5te,-5ua,2q6n,w -2ps9,5f1 -4m -19 2q -5by,-5x 1,3m woh,-1 -r9l -5ck 2m5w -2m7m xdy -qv -wtl,-1 xki 1ot4 -d -2mjc,l3,-lz,2q6n,w
-2kj3 2 s30 -xc7 59a s31 1 -2 3 1 -s35 s2z 1ot9 -2m6f,-5q 5fu 2 s31 -rzc s0b -t1,-1 -rau 1 31f -8at,-5y wq4,-1 -wk3 wn4,-1 -wpf,-1
5bn -5np,5tq,-5um,2q6n,w=b -2kj6 2t,2xy oa6,-1 -r8f n -5ib,-1 wq7,-1 3,-1 4o -wp0 8an -8p2,-w,2q6n,w -1t5d -2g,-1 3,-1 -wjc -2d,-1
-7m -5i,l6=57i,-5tk,2q6n,w -1sfw -xc5,5eq,-5ks xi8 -s31 -5ak,-1 5d2 -5bt 59d -59c 2m4u -2m4t 8am -2y8 -5cd 1,89z 2dvo -1otb -xcb
5bp 2gtf -2m53 xc8 1 2*3 -xcb xd3 1orx -1pk0 1 -p,-1 -wyx,5td,-5u9,2q6n,w -1t8x 49,-1 4,-1 -rbs m -5c8,wn7 1pic -b -2m73,8cf od5,-1
-r3u 1 -5ju,5f0,-5l2 xic -s02 d -5im 63 1 2m4l 1 -2mjc,l5,-m1,2q6n,w -2kiw -5h0,-1 8hs,-8bs 5dj -5hm 2,-1 64,-62 2mbg -x -2m6r wn5
-wkw,wmi 1pi4 -2mjc,ky,-lu,2q6n,w -2kiw s36 -s35 1 25 s11 1 -xc8,-1x xe3 -pi,-1 -ray r rzt -pf,-1 -wnt,wmg -wkf 1 -1s,-5v wv2 -rff
-59r q,-61 5hq -5qh,l4,-m0,2q6n,w -2kit rb3,-1 -r82 -5c1,-61 8fz 3 -2nr,-1 -5m8,-1z -cu,56w=mq,-5ui,2q6n,w -2kit 30y,-1 -89x,4s3
-56w,l3,-lz,2q6n,w -2kfu s09*4 -6,-ps pt 1 -xr0,-w,2q6n,w -2prt -1s,-1 -4a,-1 5sc,-1 rq4 -xfh,-1 -bm,5t8,-5u4,2q6n,w -2kiv -5f0,-1
5hd o,raw -wpt,-1 30 1 -29,8cf -j,-1 oag,-1 -wk0,-63 5f0 -5ey,-1 2mao -2gse -5i8 61 -b9,-w wz9,-1 -31,-1 3,-1 -wpz,1k wri,-1 -2z,-1
s8 1 2 -s8,-1 3,-1 3,-r6l,r6k a -wql wog,-1 3,-1 3,-1 -wp2,-1 m,-1 -1j,-1 7k -2a,-1 3j -4 1e -1c wh1,-1 2y,-1 4 -wl6 wmy,-1 -wlr 2
57n 1 r9c,-1 -whv 1 -c 2m48 -2ma6*4 2m9z -2m43 2m48 -2m47 k 1 78,-w x,-w x,-w 51v -50y,-w x,-w 20,-1 -2t,-1 2t,-1 -10,-w -11,-1
1z,-w x,-w x,-w 2i,-38 1n,-w x,-w 51o -50r,-w x,-w x,-w x,-w x,-w 51k -4z1,-1 -r,-1 -5,-1 -n,-w 51k -4z1 -1l,-w,v -1y,3m -3n,3m
-3k,3m -1n,-w x,-w x,-w x,-w x,-w 51e -50h,-w x4s -x38,-1 -31,-1 3q,-1 80a,-1 3,-1 3,-1 3,-1 3,-1 1b,-1 -17,-1 3,-1 3,-1 3,-1 3,-1
3,-1 11,-1 -x,-1 3,-1 3,-1 x,-1 3,-1 -v,-1 3,-1 3,-1 3,-1 3,-1 3,-1 3,-1 3,-1 3,-1 3,-1 3,-1 f,-1 3,-1 -82l,-1 83u,-1 -14,-1 3,-1
3,-1 -82p,-1 3,-1 83x,-1 -15,-1 -82n,-1 82r,-1 3,-1 3,-1 3,-1 3,-1 3,-1 -82x,-1 83o,-1 -m,-1 -82x,-1 831,-1 3,-1 3,-1 -831,-1
81x,-1 3,-1 17,-1 3,-1 3,-1 -81e,892,-89y 5l,-1 -3,-1 -4j,88f,-89b x,4su=3fl,-89b x,88f,-89b 3k,-1 2x,-1 -2t,-1 2r,-1
-5e,4st=3fm,-89b 6l,-1 vwh,-1 -w1a,-28 w2p,-1 -vvj,-1 -2x,-1 -2r,88y,-89u 1r,w0w,-w34 1e,88e,-89a 7p,-1 vvf,-1 -vzh,-1 -2n,88e,-89a
w16,-1 -vuj,-1 d,-1 vub,-1 -vzh,-28 w1s,-1 -vvn,-1 vxl,-1 -vwh,-1 vwd,-1 -w22,w1p,-w2l 37,-1 -1g,2m2h,-2m4p w1t,-1 -w0e.-8i,7m.-7m
9e,-28 w1t,-nrl,nrk -w0e,88c,-898 3l,-1 16,-1 -y,-1 -1,-1 -1,-1 3n,-1 -3,-1 -67,88c,-898 4y8 -4th,-1 2y,-1 -r,-1 f,-1 -5j,-28
w2k,-1 -vvf,-1 d,-1 -60,88c,-898 4y,-1 vx6,-1 -w15,88c,-898 7g,-1 -2m,-1 -12,-1 12,-1 2k,-1 -3h,-1 -22,-28 75,-1
-5o,4sk=3fs=nsv=2=2=1=17=2,-w3h,w22=2=2=18=2 -vxt,-1 -4p,88c,-898 7a,-1 -3h,-1 -11,-1 -1s,88c,-898 33,-1 3t,-1 -5x,4si=3fu,-898
6k,-1 -2p,-1 -2w,4si=1=3ft,-898 w2z,-1 -r9e,-1 -4my,-1 -2p,-1 vz3,-1 -w1b,-28 1k,w1g,-w2c 3w,-1 3,-1 vx7,-r7n=3g1,nrl -vyp,-1
-1g,w2i,-w3e x,88a,-896 60,-1 3,-1 -23,-1 9,-1 31,-1 vvz,-1 -w1f,w0q,-w0r v,-1 vyn,-1 -vyn,-1 -1,-1 -1g,88a,-896 w1n,-1 1b,-1
-vyx,-1 vz1,-1 -w21,88a,-896 7a,-1 vvr,-1 -vyz,-1 m,-1 -i,-1 vyn,-1 -vyh,-1 3,-1 -2n,-28 1l,88a,-896 w33,-1 -w25,88a,-896 w12,-1
-nq7 nrk -w1h,4sc=r8y,-w26 w13,-1 -w05,w1a,-w26 x,w1a,-w26 2p,-1 -15,4ro=3g3,-87s vzl,-1 -w05,-w x,88d,-899 w13,-1 3,-nrv,nru
-w07,-w 6i,-1 -4z,w1m,-w1n 3,87q,-87r vzn,-1 -vzh,87n,-87o vzl,-1 -vzl,-1 vzp,-1 -vzj,87m,-87n 3,-1 3,-1 3,875,-876 3,-1 vzf,-1
-vxx,-1 39,-1 -25,-f 7sg,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,-1c
1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g
1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,-1c 1d,-1c
1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,-1c 1d,2e34,-2e4g
1d,2e34,-2e4g 1d,-1c 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,2e34,-2e4g 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c
16ht,12 -11 1 1,10 -z*3 1,x -w*5 1,s -r*3 1,p -o*k -1bxh,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk
38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 23,2bk 38w,-5ls m,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk
38w,-5ls 1d,2bk 38w,-5ls 1y,2bk 38w,-5ls r,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk
38w,-5ls 1t,2bk 38w,-5ls w,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk
38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1d,2bk 38w,-5ls 1i,2bk 38w,-5ls 17,2bk 38w,-5ls 1d,2bk
38w,-5ls 1h,2bk 38w,-5ls 1d,2bk -2bj,2bk 38w,-5ls 1d,2bk -2bj,2bk -2bj,2bk -2bh,2bk 38w,-5ls 1d,2bk -2bj,2bk -4m6,-1c 1b 2,-1c
1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c
1d,-1c 1v -i,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 1d,-1c 3
3b*a 2,-1 2 2,-1 3,-1 2 1 2,-1 3,-1 2*4 1f6e*m -1es5*o 3 1 -e2,2b=en=4 -gw.18 -18.19 u -1 -15.c -19.1a u 74 1 -8a.a gk 1 3
-hx,g9=1=1=1=1=1=1=1=1=1=1=1=1=1=1=1=1=1=1=17 -fz -1y 2b 3 2 5s*6 97 -96 a0 -t l 1 -i6*3 26 1 2 1 2 ft 7 1 -ic 2f 1 ee -ec 1l -1k
ez v 4 1 -ih 1 2b 1 3 5u 1 m 1 3 a -99 1 2g*6 f5 -f4*3 2m 1g44 -1g15 1 -89 1 2n*9 2e 30 g 1 5 8p 8 7 -hy 1 2u*3 2m 2q h 3 d 1 -95 1
2v eq -ep 2l -5g 1 2v ec -o 1 1fsn -1g96 1 2u f7 -cn 2p*3 9g -he 2o 1 ex -ew 1 e8 -e7 1 56 1 -6q -19 2t et -es f0 -v g -he 2u*4 5v
-5u 1 ee 1frk -1g5x e9 o -ew*5 4u -87 gi -gh 87 1 9q -hq 35*4 4y 8s x -hu 80 1 8x -gx 38 eb -ea 1 cz -cy -4 4u*3 80 -g2 3b 3 2 1o
-16 -3x,4d=bj -cg*8 di -de 4p 1 8i -gy 1,4c=bj=1=1fsv -1g55,e5 -e4 1 2 1 1g52 -1g96*3 -v 9h*3 8z -dk 4o 1 7n -am 2 1 3 -1 2*3 1g
-1f 1 2*3 1b -1a*3 1,1 1 1 15 -13*5 8k*b -16*p -60 p 1 -p*3 p -o*4 r 1 -r t -s*3 g -f c 8 1 -k 1 m -l 1 d*3 -e*7 q -b*b q*u d 1
7cr*c 17 -16*o k -j*i -5et*g 5f5 -5f4*g 9t 2kj1 -2kj0 2kj1 -2kj0 1 54u -5ep*g 5eb -5ea*8 5e4 ose*6 -u6m*8 5dx -5dw*9 2krs -2krq 1
2krq -2krp 2krq -2krp 3*7 2 2*4 3*8 7x 2kj3 -2kj2 2kj3 -2kj2 1 54u -5ct*g 5cf -5ce*8 5c8 -5c7*9 2*4 3*8 5bl -5bk*8 5be -5bd*8 5b7
-5b6*9 2kp1 -2koz 1 2koz -2koy 2koz -2koy 3*7 2koa -2ko8 2ko9 -2ko7 1 2ko7 -2ko6 2ko7 -2ko6 3*f 2*8 59o osm*6 -u2e*o 591 osd*6
-u1i*8 58u -58t*8 58n -58m*9 2kmg -2kme 1 2kme -2kmd 2kme -2kmd 3*8 584*4 -586*8 57s -57r*8 57l osw*7 -u0m*8 57e -57d*8 u09*7
-u0e*g 1l 2kj7 -2kj6 2kj7 -2kj6 1 -1n*8 1h 2kj5 -2kj4 2kj5 -2kj4 1 54z -56i*3 56u*7 2*7 2*7 2*7 2*7 2*7 2fbm -2fbk 2fbl -2fbk 2fbl
-2fbk 2fbl -2fbk 2fbl -2fbk 2fbl -2fbk 2fbl -2fbk 2*7 -77y vjh -vij -32*3 31*5 -34*5 2d -2c 2d -2c*4 vla -vl9*7 2s -2r*5 2l 3 -2n*4
2g -2f 2l -2k*7 2*3 2b -2a*3 23 -22 2 1 2*5 4 1s 3u4,1=1=1=2=1=1=1=9 -5 1 rng,1=1=1=1=1 4 -vjx -4 1 k 7 1 -o*6 u 1 -u g -f 1 7 -6
vjr -vjq*5 1f 5*7 2d -2c 2d -2a 1 3*m 2*7 1s -1q 1r -1n*4 4*8 u 1 -s 1 -1.-9 9.g -a a 11 3c -1 -2y 1 9 -e 1 a 4 2m -2z 1 7 15 1 o
-1o*k 2*6 1y -1x 2 3 13 -u*5 5 1 3*3 3n -23*7 2d -2c 2d -2c 2*3 2*a 2l -2k*c 2*7 2 3*5 -6 a*8 u 1 -u 2*3 2*3 1k*7 2d -2c 2d -2a 1
3*m 2*6 1c -1b 2 1 2 1o -1n*4 4*8 u 1 -s 0.f -f.-9 9.g -a 9 1 3d -23*6 4*3 2 1 -1.1x -2c i 4 1 4 1 4 1 4 2 4*3 2 3 -1 -1 -2 -8 -d
q*4 5*5 4*3 -2.-8 9.-9 8.h -a a 1a*7 2d -2c 2d -2b*3 2*9 1q -1p 1 1p -1o*c 2*9 3*5 -6 1 12 -t*8 u 1 -t 1 -1.g -c*4 8 1 1b*7 2d -2c
2d -2b*3 2*n 2*9 3*5 -6 17 -x 1g 1 -36 1q 1 0.m -k*4 u 1 -t 0.f -f.g -g.-4 4.-4.j -9 1 8 1 1b*4 2f -2e*3 2d -2c 2d -2b*3 2*v 2 3*5
-6 1 -3 9 3 -1l 1m*7 u 1 -t*3 -2.-8 9.-9 8.h 0 -a,-i=1 21*i 4*o 2*9 2 3*7 9*6 2 2 q -j k -q 0.-f h -2.-a a.-a.-5 f.6 -l v1k 5q*r
-6y*b 6x*8 -73*5 6 6e*8 b -6v -l2*7 12 -11*4 2*s 2j*1v khr*n 2 2*e 2*9 e -d*5 47*w 7 -6*3 2a m -2f*1c f*3 p -15*a i -h*3 1wh*8 -1wn
1s 1 1r -1q*7 1j -1i*9 2*t i -h*4 2 3f*1b 2*9 2 -2y*4 y 1 -y*3 2 2*4 2*f 2*6 3 1 4o -23*7 2d -2c 2d -2a 1 3*m 2*7 2 1 2*5 4 x 1
-x*7 u 1 -s 1 -1.-9 9.g -a a 6 z*3 0.1z -1x 0.1j -1h*4 2 0.1j -1e 0.1l -1j*r 11 -10*6 2 -1 2 2*a 2 0.0 0.-a a.7 5,1 1 -7 a 3a 1
-22*1h j p 1 -p n -16*e 3p -1z*1c l 1 -l*b -1.1 -1.-9 d -4.4 5 5a*1i 3 1 -1.-9 a.-a g 1t*1p 3 5 1o*a v -1 2 -v 1 19 -18*r 4 3*a
ga*7 3 3*5 1b -1a*3 2 1 2*e r -q r -q r -q*e 2 -2.-5 d 1 2q*8 3*13 h 2 -i*7 3 a -9*3 3 -dc*1j 3 -8p*5 2*g 2*3 13*7 -12*c -e*3 15t*7
2 1 2*r 1,w,1 -w*g 4 2 1 2 5 1 2b -1k*6 2 1 2*11 2 1 2 1 3 p*15 3 -2 1 -1f13,1j -1i*6 1,1g -g -z*e 11 -10,12 -j -i 7 -6 7 p -v 7 p
-v g -f 1 g -f 4*8 1c9m*a 2r -2q 1 2q -2p*z -1c 1 1c 1 1s -1r*c 1e -1d 1 1d -1c*3 1l -f -19s*4 2 1 6 4 y -x*3 2*3 2 1 q -p o -n*h 9
-8*5 e 3i9*9 2*11 i -h*8 2*4 4 -1hdq*1e r.-r 2*7 6*6 49 -2l 1 2 2*4 x -w 2 2 29 -2a 2*l 2 2*3 2*8 r.-r 2*a 3*5 urg*1r 2 2 p 1 -uqk
28 -11 -16 28 -27 28 -26 28 -27 28 -27 28 -27 28 -26 28 -27 28 -27 28 -27 28 -26 28 -27 28 -27 28 -27 28 -26 28 -27 28 -27 28 -27
28 -26 28 -27 28 -27 28 -27 28 -26 28 -27 28 -27 28 -27 28 -27 28 -27 28 -1y -9 28 -27 28 -27 28 -27 28 -27 28 -27 28 -1c 5 -4 5 -2
3 -5 1 -q 1 -1.1 e -f.f -c -3.3 1q.-1e 1e.-1t.f 1f.-1f 1f.-1u.f -6*4 7 1gnb 13 -12*u 1,h -g,f,2 -g,h -g,h -g*4 -1d*b 16 j 9*4 6 1
-6 2 -1 2 1 3 1,1a -7 -12,1a -19 1 1,18 -17*a 1,y -x*3 1,v -u,v -u*3 1,s -r*5 1,r -q 1,a,b -k,a,b -k 1,9,b -j 1,8,b -i 2 1 k 4 d1 w
-v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v w -v 1 w -v w -v w -v w -v w
-v w -v w*6 -1epg*a 1w*3 -1x*h a -9 a -9*8 j -g*g rnv*8 y*4 -10*c k -j*4 h 5 -l p 1 -p 1 k -j 1 j 1 -j 5*4 -7*4 5 d -sc3*t 4*c 5*9
-fs*e i -h*8 b*l c*k d*d 2*3 2 1 i5*s 1fid*n -1f7a,1 1,1=1 1,1 1,1 1,1 1,1=1 1,1 1 1 1,1 1,1 1,1 1,1=1 1,1 1 1,1 1*6 2,1 1 1,1 1,1
1,1 1*4 rwd*10 -21*x -u96 39 -38 39 -38 39 ueh -3b -uee ue5 a -uee 2e -2d 37 ueh -uhn ue3 3l s -uif uho -3c -ub6 uex -ui2 2b ubr 3m
-3c -ubv ufy -uie 35 uej -3i -ue5 1 uhn -uhm uhn -uhm uhn -3f -ue7 uhn -3f -ue7 2n ub9 c -ue7*3 2x ubk -ueg uhj -32 -ueg 2w uen
-ufh -21 1 2v 1 uep -ue9 uai -udt 2w ubi -ued udo q -ued 1y -1x x -w uhk 7 -ugu -w 1w -1v w 1x -2 -1c 1 k -1z uha -uh9 2q uek -ugf
ugg 3 -uhd ue2 -uce 1 i 1 -a -1x*5 0.9 10*4 -1a*4 2,-1 2g -h 16 -33 1w -1v 5 -4 1w 1 -1w 12*4 -14 2b -27 28 -2b 2z -n -2a 1a 5 1
ubh -ucs 1 15 1 5*5 q 4 -3 4 1 -4 1 5 b 1 ue8*3 -9*3 jgq t*5 -w*s 6 1 rk*x 10 -z*3 u -t*7 4.-a b.-b 9*3 j 1 -j 1 -1dbo*z 1m -1l*h
3*g d am*u 3*5 c*18 5*q 2f*6 1,1e=1 -1e*k 1,v=1 -v*h 7 o -m*3 5*3 -h*6 f b -a 1,1 1*6 4 1 4 -3*3 -5 -d 2ixs*v 2*m 9 -1qm6*15 b*4
-d*a e*e -saw 0.1c -1a 0.1a -18 0.18 -16 0.16 -14 0.14 -12*3 0.10 -y 1e 1 -1e*f 11 -10*5 x -w*8 q -p*3 o 1 -o 2*6 0.-5 7 0.-7 9 1
-1.-9 a.-a d 0.-d f s3k*13 k -j,1 j -i*6 2,1 7 -6*4 4 -3 1 5 n5w*d 2*r -16 17*e 4*5 -1fwi*7 -1v -z 2v -2u z p -1n z p l l -15 -1o z
-y z q -1o z -y z n -1l*3 x o 14 h -35 x -w x q -1m x -w x m 1i -1h -1j x -w*3 1i 1h 1 5 2 1 -37 u o -1h u o -1h u v 7 -s 1b -2e u
n d -1t v t -1n 1q -1p u -t 1e b -1o t c h l -26 1 o q -1d 1e -n k -1a r k -1a*4 o 1 l s i -h 1 h -g 1 8 8 -f g -f 1 l -k f -e 4 -3
1 f 1 3 -1 q9*10 2ic3*u 3 -1q4g,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk
tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk
tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk
tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk
tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk
tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk tzl,-tzk 9,-8 9,-8 9,-8
9,-8 9,-8 9,-8 1bkz,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14
15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14
15,-14 15,-14 -1bki*aj 2 6q -6p*g 6b -6a*8 64*6 -68*h -16 17*5i b*9 fl*1y 1ewr*g -1fem*q 6 2 4 2 24 -1x*4 1r -1m 2 1 4 3 1g -1e 2
2*4 14 -z 3 4 w -v 3 2 2 1 k -21 25 -24 25 -2d 1p 3 -17 18 -3 1 3 1 1cka,-1s 1u,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s
1t,-1s 1v,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1u,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1u,-1s 1v,-1s
1t,-1s 1t,-1s 1u,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s 1u,-1s 1u,-1s 1t,-1s 1t,-1s 1t,-1s 1t,-1s -4y 2 1 2*3 2 2 2 2 2 2 1
2 2 2 2 2 2*5 2 2 2 2 1 2*4 2 2 2 2 2*4 2 2 2 2 1 -keg*2g 1,54 -53*h 1,4n -4m*3 1,58 -57*o 1,3v -3u*21 1,2i -2h*1n 44*28 124x*ft
48*u opf*5h -o6c,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w
x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w 2k,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r
s,-r s,-r s,-r s,-r s,-r s,-r s,-r s,-r -j8u*6 q 7,-w x,-w x,-w x,h,-1d,h g,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w
x,-w x,-w x,4,-10,4 t,-w x,-w 17en,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y
z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y z,-y 16 -2laj*2n u0y*t -u1p*21 1349*n -134u*2g 132k*1d
-x4q,1,2n,1 -2n,1,2n,1 -2n,1,2n,1 23q2 -23sp,1,2n,1 -2n,1,2n,1 -l,-22,4q,-22 -2m,2o -2m,bl,-8x -p,-1x,4l,-1x 23y9,-240v,241u,-23z6
-2m,2o -2m,be,-8q -2m,bd,-8p -2m,2o -2m,2o -2m,2o -2m,2o -2m,1,2n,1 -2m,2o -2m,az,-8b -2m,2o -2n,2o -2n,aw,-88 -2n,2o -2n,2o
-2n,au,-86 -2l,as,-84 -2l,aq,-82 -2l,ao,-80 -2l,am,-7y -2l,2o -2n,2o -2n,ai,-7u -2n,2o -2n,2o -2n,1,2n,1 23wc -23yz,1,2n,1 23wb
-23yy,1,2n,1 -2n,aa,-7m -2n,aa,-7m -2n,aa,-7m -2n,aa,-7m -2n,aa,-7m -2n,1,2n,1 23xd,-2400,240k,-23xw 23vz,3 1b,-2400,240k,-23xw
23xd,-2400,240k,-23xw -2n,240k,-23xw 23nz*d -d e*7k -23vd 1,4u -4t 4l -4k y -x 1,4r -4q 10 -z 1,4u -4t,4o -3v 3m -4e,4o -4n 1 r -q
4q 1 -4q*7 4f*3 -4g 1 3v -3u,i -h 3r -3q*7 3y -3x 3v 1 -3v*4 4 41 1 ls1*wd 30*4 2 -1 -18*q 2 2 -3 2 o90 -o8y*a 13wp*4 1u -1t,2 -1
2*7 1n -1m 1 1n -1m,3 -2 1 2*f 1,2 -1 2*d l -k j -i*6 g -f*3 1,2 -1 2*5 c*4 -4 5*5 15 -14*4 13 -12*4 10 -z*5 x -w*8 i 8 -p*5 e -d 1
h -3 -d*a h*h -h40 -1r,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w
x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w x,-w eu*7 -r*l 8 1 2*5 -5 6 b 3 -1 -b 3 -4 3 c 3 -4 3 -a 2 -3 2 8 3 -h 3 6 ftc*1c h 1
y*l 6*j n75*19 b*5 j 8y*u j*18 dh*s -18q3*t 4*1d 18w*q 7*q -195*f h -g*g f*u 66,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14
15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14
15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15,-14 15*1c 108x*2z 6*d 4*9 8*a
-10d5*u 2r*14 9*1g 1g,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 15,-13 14,-13 14,-13 14,-13 14,-13
14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 15,-13 14,-13 14,-13 14,-13 14,-13 14,-13 14,-13 15,-13
14,-13 17*9 a.-1f4b 1f43*q -9.-1f4j 1f4u*f 259*p hnc*v i*27 -flq*x dnk*x -2.0 0.b -b.1 a.-a -1.2 -2.0.1 -1.b.-a -1.0.2 9*4 2 1
2dt*14 0.0 -4.4 -4.4.0 4 1 -lm4*c 2*q 2*j 2 1 2*f 3*e z*3f zq*8n a*m b*8 49*6 3 2*18 2 1 4 3 7rl*2p -7f4*t 4*t 2s*1a 2*7 -k5*d 2,-1
2*8 b,-1 3,-1 2 1 2,-1 2*4 2,-1 3,-1 3,-1 3,-1 3,-1 2*6 2,-1 2 1u*j 2 1 -51*m kr*m b*j e*i un*m -111*8 2*s t8,1 1,1 1 1,1 1*7 1,1 2
1 2 1,1 2 1 1,1 l*l 18*i -75*x g -f*8 9 -8 7b*l -2f8*u 3*10 5*8 5kh*gz 36 1 -36*35 3*5g 6f*5g 24d*ts 1d*32z -33t*6 -8fa*g 2*7 7 1
-x 1 bj5*g7 88q*4qo zl*v -10e*lc ht*37 70e*b0 -7wb*d2 16 -1x8f 4 -1 -1 3 1rhp 1 -1rhp*6 -a b 4 -1 3 1 2 -1 3 -1 2 1 2*4 2*5 2*b 2
-1 5 2 1 2 -1 2*3 3 1 2 -1 2 1 2*5 3*f 2*j 15ak`;

/** The marks, which are compared after the letters, in their order. */
export const MARKS = `
mq l1w7 -l1x2=ab=7zf -89p=a9=7zf -8a7=18z -190=18z -18t -4 a -2 1k -1m 3 -8 4 1d -h 1 -10
9=1=4=3=5=z=1=1=7=4=1=1=4=1=1=5=4=2=1=86=3=je=4=sw=2gm=1=1=1=1=1=1=c=k3=1=1=1=1=7=1=5=1=3=1=1=1=1=2=4=1=1=1=1=1=1=1=1=1=1=1=1=1=4=1=1=1=1=1=2=1=1=1=1=k5=1=2=1=1=1=1=1=1=2=1=1=1=3=10=1=1=1=3=3=ky=2db=o0d=1=ju0=fz=1=1=1=1w=2=d7=1=1=2=1i=2=y6x=7ip=n4
-2ndk=1=1=1=3=1=1=1=1=9=1=1=1=3=4=7=1=1=b=1=1=4=1=5=1=1=1=3=1=2=3=3=rk=4=53=2k=1=1=3mi=1=1=1=1=1=3=6=1=6=j=9=kc=d=1=15=1=2=1=2=kt=1=1=1=18ge=1lc=61=v4=1=4=2=1=1=1=1f=2=16cq=-19s8
-1dkh=1=5up=1=1=b=5=1=29bn -2ajk=17j=1=1=1=2=1=1 33p 1 -8yt -1c 4 6*3 a 6*6 7 1 2 1 3 5 c j 8=1dj6=7 -1djc=1dj3 -1db1=1dbf -hbz
-vr3*8 1=f -e=1 1 7 -1 -5 3 1cgv -1c02=1 1=1=1 1=1=1 1=1 1=1 1=1=1 1 1 -k 1 k -de it -9 -ij it -9 -ij it -9 -ij ie g 1 -iu ie p -j2
ie g -it=x6=1fzw -1gx1=x4=1g04 -1gx7=gb=1=gt=1fao,-1frp -g3=1g7r -1g7q a -9*3 iv -iu*6 hx k 1 5 -2 1 -3 1 -i2=1g98 -2 -1g4p v*g
4s*9 298 -1 -1 t5f 1 12pr*5 oy8=1=1 4 -3*3
-2mtp=3k=3k=3k=1t=1=1=1p=74=3k=2uw=4y=29=ry4=jp5=ni=55=2f=30=4z=2a=1=7e=3h=71=6v=ar=7d=6o=lr=ew
-1ize=1=3k=3k=3k=3k=73=1=3k=3k=3k=e9=1=29p=1=s04=57=k8w=3k=3k=3k=27=8i=5l=3d=3g=71=3o=l8=6x=1=1=ed=3e=3x=cd
-1iwu=3k=3k=3k=3k=3k=3k=2=3i=35=d=2=3k=e4=54=1hs=j2=3y=3i=a5=rha=39=75=j2l=16b=3k=3k=3k=4z=4r=x=2=5m=3c=3g=71=3k=32=b0=78=4j=2i=2m=br=3c=3v=2d=a4=d2k
-1vze=3k=3k=3k=3k=74=3k=3k=3k=e4=55=1hr=n1=3i=a8=1=rke=76=j2k=16b=3k=3k=3k=ap=5m=3c=3g=71=3k=32=b0=br=2i=2m=br=77=2d=a5
-1ipx=1g3v=id -1gj2 1 39u s5b -s1t siz imk*3 1ht 1 1qk -2lq 19k -1fno -7*7 3l -6*6 usy 2 -uq0 ueq*3 -u7q 1ht*3 iz*8 -8z*3 1ur9=nb5
-nb4=nb9 -nb8=nb4 -nb3=nb4 -nb3=nb0 -naz=nb3 -nb2=nb3 c7*4 e5*4 -2e9x*6 1r5t 1 -1u75 1 1=1 1*4 4 1 5 5*4 kw0n*9`;

/** What is not compared. */
export const IGNORED = `
1*8 6*i 2o*6 2*q e iq 8p 1 7c*v e 7 1 1n*6 b*b 2 10 46*8 2*6 3 1 2*4 y 1d 3 1 3*4 4w 46 1 7*6 19*p 8*6 4 2m 1 152 1 s 2 7 1 1z 1 1r
1ke 1 u 1j*6 hc 6k*9 9p*p c 3*3 lu*5 r*5 1e*5 2*a 2kw nw1*3 ha*i gsv*g i 2*4 2 2*4 2 1w 3w 6y*3 kl 2e3 2*3 ce g ih*7 4*5 31 1 6dq*h
7*f brj f5o*4 3ml*1a 3*n f3*5 4*m 3*7 v*4 45*3 1j0*1j 5*1e 9 f n*5 2*f 2sh*7 gze3 v*2o 3l*6o`;

/** What is compared as several letters and marks. */
export const EXPANSIONS = `
6c8:13+l2io:1 6c9:13+l2ip:1 6ca:13+l2iq:1 6cb:13+l2ir:1 16b:13+l2is:1 6cc:y+l2io:1 6cd:y+l2ip:1 6ce:y+l2iq:1 6cf:y+l2ir:1
94y:y+l2is:1 9i5:y+l2it:1 9i6:y+l2iu:1 9i7:y+l2iv:1 16c:y+l2iw:1 9iq:9ip+9ll 9is:9ir+9ll 20es:1d+l2io:1 2pbl:1d+l2io:1 7b2:1d+1c:1
7sv:1d+1c:1 7t5:1d+1c:1 7tf:1d+1c:1 9xk:1d+1c:1 7aj:1d+1d:1 7ak:1d+1e:1 2qas:1d+1e+1c+34:1 7al:1d+1f:1 7am:1d+1g:1 7an:1d+1h:1
7ao:1d+1i:1 7ap:1d+1j:1 7aq:1d+1k:1 7ar:1d+1l:1 20et:1e+l2io:1 2pbm:1e+l2io:1 2pf3:1e+l2io:1 7as:1e+1c:1 9xl:1e+1c:1
2qaq:1e+1e+1a+1e:1 2qal:1e+2z:1 2qak:1e+32+2s+w+37+2r+36:1 20eu:1f+l2io:1 2pf4:1f+l2io:2 9xm:1f+1c:1 2qaj:1f+2s:1 2pf5:1g+l2io:1
9xn:1g+1c:1 2qam:1g+2z:1 2pf6:1h+l2io:1 2qao:1h+1a+1d:1 9xo:1h+1c:1 2pf7:1i+l2io:1 9xp:1i+1c:1 2qar:1i+1c+34:1 2pf8:1j+l2io:1
2qap:1j+1a+1d:1 9xq:1j+1c:1 2pf9:1k+l2io:1 9xr:1k+1c:1 2qan:1k+2z:1 2pfa:1l+l2io:1 5wy:o3+lk:1 x3v:o3+lk:1 x3u:1t+lk:1 x4x:o3+mg:1
x4w:1t+mg:1 5w3:2p+l2io:1 6kt:2p+1b+37:1 x0z:2p+2p:1 x0y:2p+2p:2 1g1s:2p+2p:3 2qa6:2p+2q:1 6e:2p+l2io+2t 5w4:2p+l2io+2t
5i:2p+l2io+2t:1 5w5:2p+33:1 x11:2p+33:1 x10:2p+33:2 x13:2p+39:1 x12:2p+39:2 5w6:2p+3a:1 x15:2p+3a:1 x14:2p+3a:2 x17:2p+l2io+3a
x16:2p+l2io+3a:1 x19:2p+3d:1 x18:2p+3d:2 5w7:o8+mf:1 2qa9:2r+30:1 2qaa:2r+33+33+30:1 7l:2s+mt 7k:1w+mt 6o:2s+l2io:1 5w9:2s+l2io:1
5s:2s+l2io:2 5w8:2s+l2ip:1 x2y:2s+l2ip:1 x2x:2s+l2ip:2 fs:2s+2q:1 ir:2s+3e:1 xuu:2s+i8:1 it:2s+i9:1 is:2s+ia:1 2mmq:2s+2mmw:1
2mmx:2s+5ui:1 x30:2u+l2io:1 x2z:2u+l2io:2 ix:2u+97:1 2mm8:2u+l2io+97 2qab:2u+36+2t+2t:1 x41:5wa+mu:1 x40:1z+mu:1 5ak:2v+l2io:1
5tl:2v+l2io:1 x31:2v+l2io:2 87:2w+mt 86:20+mt 2qau:2w+2r:1 2qav:2w+2s+36:1 2qaw:2w+2x+w+36+2t+37:1 2qa3:2x+2r:1 2qac:2x+2s:1
x43:5wc+mu:1 x42:23+mu:1 8y:30+mt 8x:24+mt 30.53:30+l2io:1 24.53:30+l2io:2 64b:30+30:1 64a:30+30:2 2qax:30+33+37+37+30+2t+37+37:1
iy:30+37:1 iz:30+3e:1 x45:5wg+mu:1 x44:26+mu:1 2qad:32+2t+3b:1 2qae:32+2v:1 5wz:o6+lk:1 x3x:o6+lk:1 x3w:27+lk:1 6w:33+mw 60:27+mw
5wt:o6+ly:1 9f:33+l2io+2t 9e:33+l2io+2t:1 2qaf:33+2z:1 x1r:33+33:1 x1q:33+33:2 2qa4:34+2p:1 6g7:34+38+37:1 ft:35+34:1 x47:oc+mu:1
x46:2a+mu:1 5al:36+l2io:1 x37:36+l2io:1 x36:36+l2io:2 5wj:36+l2ip:1 x23:36+l2ip:1 x22:36+l2ip:2 x49:5wk+mu:1 x48:2b+mu:1
5wl:37+l2io:1 x39:37+l2ip:1 x38:37+l2ip:2 x5l:37+l2iq:1 x5k:37+l2iq:2 2qa5:37+2p:1 2qay:37+2w+3a:1 2qag:37+33+37:1 67:37+l2io+37
61q:37+l2io+37:1 5am:38+l2io:1 x3b:38+l2io:1 x3a:38+l2io:2 iw:38+gl:1 5tm:38+l2io+2w ce:38+37:1 iu:38+37:1 xuv:38+hu:1 iv:38+hv:1
2mmv:38+5u3:1 2mn0:38+5ug:1 x0p:38+3e:1 x0o:38+3e:2 5x0:o7+lk:1 x3z:o7+lk:1 x3y:2d+lk:1 5ww:o7+ly:1 2qaz:39+2w+2s:1 2qah:39+34+x:1
2qb0:3a+33+2s:1 2qai:3a+37:1 x29:3a+3d:1 x28:3a+3d:2 x4z:3b+l2io:1 x4y:3b+l2io:2 2qa7:3b+2r:1 b1:3e+3b:1 rb:qi+q9+qh:1
r3:qi+q9+qh:2 8v8:8t1+8sh+8sz:1 wh:tv+l2io:1 wg:tv+l2io:2 wvq:2mxb+lk:1 92t:u9+ua:1 168:15h+15h:1 169:15h+15l:1
167:15l+15g+15h+15g:1 16a:15l+15l:1 1dp:17l+l2io:1 18k.17r.18z:18k+17r.18z 18k.17r.190:18k+17r.190 18k.17r.191:18k+17r.191
1dq:18l+l2io:1 1hhi:18m+l2io:1 1f1:1ea+l2io:1 1ec:1eb+l2io:1 1f2:1eb+l2ip:1 1f3:1ed+l2io:1 1ek:1ej+l2io:1 1ev:1eu+l2io:1
1k8:1jq+l2io:1 1k9:1jr+l2io:1 1ka:1jt+l2io:1 1xq:1wk+1xp:1 2fx:2eg+2fh:1 2fw:2eu+2fh+2eo+2f4:1 2jh:2i0+2j1:1
2jg:2ie+2j1+2i8+2in.2j9:1 2nz:2l1+2ml:1 2nu:2lf+2ml:1 2nv:2lk+2ml:1 2ms:2lq+2ml:1 2mt:2lr+2ml:1 2mm:2ls+2ml:1 2nw:2ls+2ml:1
2nx:2lu+2ml:1 2ny:2lv+2ml:1 2mu:2lw+2ml:1 1ivs:1ite+l2io:1 1ivt:1ite+l2ip:1 1ivu:1itf+l2io:1 1ivv:1itg+l2io:1 1ivw:1iuq+l2io:1
1ivx:1iur+l2io:1 1j45:1j44+l2io:1 1j4q:1j48+l2io:1 1j4m:1j4l+l2io:1 2tc.2rl:2rl+2tc 2td.2rl:2rl+2td 2te.2rl:2rl+2te 2tf.2rl:2rl+2tf
2tg.2rl:2rl+2tg 2tc.2rm:2rm+2tc 2td.2rm:2rm+2td 2te.2rm:2rm+2te 2tf.2rm:2rm+2tf 2tg.2rm:2rm+2tg 2tc.2rn:2rn+2tc 2td.2rn:2rn+2td
2te.2rn:2rn+2te 2tf.2rn:2rn+2tf 2tg.2rn:2rn+2tg 2tc.2ro:2ro+2tc 2td.2ro:2ro+2td 2te.2ro:2ro+2te 2tf.2ro:2ro+2tf 2tg.2ro:2ro+2tg
2tc.2rp:2rp+2tc 2td.2rp:2rp+2td 2te.2rp:2rp+2te 2tf.2rp:2rp+2tf 2tg.2rp:2rp+2tg 2tc.2rq:2rq+2tc 2td.2rq:2rq+2td 2te.2rq:2rq+2te
2tf.2rq:2rq+2tf 2tg.2rq:2rq+2tg 2tc.2rr:2rr+2tc 2td.2rr:2rr+2td 2te.2rr:2rr+2te 2tf.2rr:2rr+2tf 2tg.2rr:2rr+2tg 2tc.2rs:2rs+2tc
2td.2rs:2rs+2td 2te.2rs:2rs+2te 2tf.2rs:2rs+2tf 2tg.2rs:2rs+2tg 2tc.2rt:2rt+2tc 2td.2rt:2rt+2td 2te.2rt:2rt+2te 2tf.2rt:2rt+2tf
2tg.2rt:2rt+2tg 2tc.2ru:2ru+2tc 2td.2ru:2ru+2td 2te.2ru:2ru+2te 2tf.2ru:2ru+2tf 2tg.2ru:2ru+2tg 2tc.2rv:2rv+2tc 2td.2rv:2rv+2td
2te.2rv:2rv+2te 2tf.2rv:2rv+2tf 2tg.2rv:2rv+2tg 2tc.2rw:2rw+2tc 2td.2rw:2rw+2td 2te.2rw:2rw+2te 2tf.2rw:2rw+2tf 2tg.2rw:2rw+2tg
2tc.2rx:2rx+2tc 2td.2rx:2rx+2td 2te.2rx:2rx+2te 2tf.2rx:2rx+2tf 2tg.2rx:2rx+2tg 2tc.2ry:2ry+2tc 2td.2ry:2ry+2td 2te.2ry:2ry+2te
2tf.2ry:2ry+2tf 2tg.2ry:2ry+2tg 2tc.2rz:2rz+2tc 2td.2rz:2rz+2td 2te.2rz:2rz+2te 2tf.2rz:2rz+2tf 2tg.2rz:2rz+2tg 2tc.2s0:2s0+2tc
2td.2s0:2s0+2td 2te.2s0:2s0+2te 2tf.2s0:2s0+2tf 2tg.2s0:2s0+2tg 2tc.2s1:2s1+2tc 2td.2s1:2s1+2td 2te.2s1:2s1+2te 2tf.2s1:2s1+2tf
2tg.2s1:2s1+2tg 2tc.2s2:2s2+2tc 2td.2s2:2s2+2td 2te.2s2:2s2+2te 2tf.2s2:2s2+2tf 2tg.2s2:2s2+2tg 2tc.2s3:2s3+2tc 2td.2s3:2s3+2td
2te.2s3:2s3+2te 2tf.2s3:2s3+2tf 2tg.2s3:2s3+2tg 2tc.2s4:2s4+2tc 2td.2s4:2s4+2td 2te.2s4:2s4+2te 2tf.2s4:2s4+2tf 2tg.2s4:2s4+2tg
2tc.2s5:2s5+2tc 2td.2s5:2s5+2td 2te.2s5:2s5+2te 2tf.2s5:2s5+2tf 2tg.2s5:2s5+2tg 2tc.2s6:2s6+2tc 2td.2s6:2s6+2td 2te.2s6:2s6+2te
2tf.2s6:2s6+2tf 2tg.2s6:2s6+2tg 2tc.2s7:2s7+2tc 2td.2s7:2s7+2td 2te.2s7:2s7+2te 2tf.2s7:2s7+2tf 2tg.2s7:2s7+2tg 2tc.2s8:2s8+2tc
2td.2s8:2s8+2td 2te.2s8:2s8+2te 2tf.2s8:2s8+2tf 2tg.2s8:2s8+2tg 2tc.2s9:2s9+2tc 2td.2s9:2s9+2td 2te.2s9:2s9+2te 2tf.2s9:2s9+2tf
2tg.2s9:2s9+2tg 2tc.2sa:2sa+2tc 2td.2sa:2sa+2td 2te.2sa:2sa+2te 2tf.2sa:2sa+2tf 2tg.2sa:2sa+2tg 2tc.2sb:2sb+2tc 2td.2sb:2sb+2td
2te.2sb:2sb+2te 2tf.2sb:2sb+2tf 2tg.2sb:2sb+2tg 2tc.2sc:2sc+2tc 2td.2sc:2sc+2td 2te.2sc:2sc+2te 2tf.2sc:2sc+2tf 2tg.2sc:2sc+2tg
2tc.2sd:2sd+2tc 2td.2sd:2sd+2td 2te.2sd:2sd+2te 2tf.2sd:2sd+2tf 2tg.2sd:2sd+2tg 2tc.2se:2se+2tc 2td.2se:2se+2td 2te.2se:2se+2te
2tf.2se:2se+2tf 2tg.2se:2se+2tg 2tc.2sf:2sf+2tc 2td.2sf:2sf+2td 2te.2sf:2sf+2te 2tf.2sf:2sf+2tf 2tg.2sf:2sf+2tg 2tc.2sg:2sg+2tc
2td.2sg:2sg+2td 2te.2sg:2sg+2te 2tf.2sg:2sg+2tf 2tg.2sg:2sg+2tg 2tc.2sh:2sh+2tc 2td.2sh:2sh+2td 2te.2sh:2sh+2te 2tf.2sh:2sh+2tf
2tg.2sh:2sh+2tg 2tc.2si:2si+2tc 2td.2si:2si+2td 2te.2si:2si+2te 2tf.2si:2si+2tf 2tg.2si:2si+2tg 2tc.2sj:2sj+2tc 2td.2sj:2sj+2td
2te.2sj:2sj+2te 2tf.2sj:2sj+2tf 2tg.2sj:2sj+2tg 2tc.2sk:2sk+2tc 2td.2sk:2sk+2td 2te.2sk:2sk+2te 2tf.2sk:2sk+2tf 2tg.2sk:2sk+2tg
2tc.2sl:2sl+2tc 2td.2sl:2sl+2td 2te.2sl:2sl+2te 2tf.2sl:2sl+2tf 2tg.2sl:2sl+2tg 2tc.2sm:2sm+2tc 2td.2sm:2sm+2td 2te.2sm:2sm+2te
2tf.2sm:2sm+2tf 2tg.2sm:2sm+2tg 2tc.2sn:2sn+2tc 2td.2sn:2sn+2td 2te.2sn:2sn+2te 2tf.2sn:2sn+2tf 2tg.2sn:2sn+2tg 2tc.2so:2so+2tc
2td.2so:2so+2td 2te.2so:2so+2te 2tf.2so:2so+2tf 2tg.2so:2so+2tg 2tc.2sp:2sp+2tc 2td.2sp:2sp+2td 2te.2sp:2sp+2te 2tf.2sp:2sp+2tf
2tg.2sp:2sp+2tg 2tc.2sq:2sq+2tc 2td.2sq:2sq+2td 2te.2sq:2sq+2te 2tf.2sq:2sq+2tf 2tg.2sq:2sq+2tg 2tc.2sr:2sr+2tc 2td.2sr:2sr+2td
2te.2sr:2sr+2te 2tf.2sr:2sr+2tf 2tg.2sr:2sr+2tg 2tc.2ss:2ss+2tc 2td.2ss:2ss+2td 2te.2ss:2ss+2te 2tf.2ss:2ss+2tf 2tg.2ss:2ss+2tg
2tc.2st:2st+2tc 2td.2st:2st+2td 2te.2st:2st+2te 2tf.2st:2st+2tf 2tg.2st:2st+2tg 2tc.2su:2su+2tc 2td.2su:2su+2td 2te.2su:2su+2te
2tf.2su:2su+2tf 2tg.2su:2su+2tg 2ww.2xq:2xq+2ww 2wx.2xq:2xq+2wx 2wy.2xq:2xq+2wy 2wz.2xq:2xq+2wz 2x0.2xq:2xq+2x0 2ww.2v5:2v5+2ww
2wx.2v5:2v5+2wx 2wy.2v5:2v5+2wy 2wz.2v5:2v5+2wz 2x0.2v5:2v5+2x0 2ww.2v6:2v6+2ww 2wx.2v6:2v6+2wx 2wy.2v6:2v6+2wy 2wz.2v6:2v6+2wz
2x0.2v6:2v6+2x0 2ww.2v8:2v8+2ww 2wx.2v8:2v8+2wx 2wy.2v8:2v8+2wy 2wz.2v8:2v8+2wz 2x0.2v8:2v8+2x0 2ww.2va:2va+2ww 2wx.2va:2va+2wx
2wy.2va:2va+2wy 2wz.2va:2va+2wz 2x0.2va:2va+2x0 2ww.2vb:2vb+2ww 2wx.2vb:2vb+2wx 2wy.2vb:2vb+2wy 2wz.2vb:2vb+2wz 2x0.2vb:2vb+2x0
2ww.2vc:2vc+2ww 2wx.2vc:2vc+2wx 2wy.2vc:2vc+2wy 2wz.2vc:2vc+2wz 2x0.2vc:2vc+2x0 2ww.2vd:2vd+2ww 2wx.2vd:2vd+2wx 2wy.2vd:2vd+2wy
2wz.2vd:2vd+2wz 2x0.2vd:2vd+2x0 2ww.2wa:2wa+2ww 2wx.2wa:2wa+2wx 2wy.2wa:2wa+2wy 2wz.2wa:2wa+2wz 2x0.2wa:2wa+2x0 2ww.2ve:2ve+2ww
2wx.2ve:2ve+2wx 2wy.2ve:2ve+2wy 2wz.2ve:2ve+2wz 2x0.2ve:2ve+2x0 2ww.2vg:2vg+2ww 2wx.2vg:2vg+2wx 2wy.2vg:2vg+2wy 2wz.2vg:2vg+2wz
2x0.2vg:2vg+2x0 2ww.2vi:2vi+2ww 2wx.2vi:2vi+2wx 2wy.2vi:2vi+2wy 2wz.2vi:2vi+2wz 2x0.2vi:2vi+2x0 2ww.2xr:2xr+2ww 2wx.2xr:2xr+2wx
2wy.2xr:2xr+2wy 2wz.2xr:2xr+2wz 2x0.2xr:2xr+2x0 2ww.2vh:2vh+2ww 2wx.2vh:2vh+2wx 2wy.2vh:2vh+2wy 2wz.2vh:2vh+2wz 2x0.2vh:2vh+2x0
2ww.2vj:2vj+2ww 2wx.2vj:2vj+2wx 2wy.2vj:2vj+2wy 2wz.2vj:2vj+2wz 2x0.2vj:2vj+2x0 2ww.2vk:2vk+2ww 2wx.2vk:2vk+2wx 2wy.2vk:2vk+2wy
2wz.2vk:2vk+2wz 2x0.2vk:2vk+2x0 2ww.2vl:2vl+2ww 2wx.2vl:2vl+2wx 2wy.2vl:2vl+2wy 2wz.2vl:2vl+2wz 2x0.2vl:2vl+2x0 2ww.2vm:2vm+2ww
2wx.2vm:2vm+2wx 2wy.2vm:2vm+2wy 2wz.2vm:2vm+2wz 2x0.2vm:2vm+2x0 2ww.2vn:2vn+2ww 2wx.2vn:2vn+2wx 2wy.2vn:2vn+2wy 2wz.2vn:2vn+2wz
2x0.2vn:2vn+2x0 2ww.2vo:2vo+2ww 2wx.2vo:2vo+2wx 2wy.2vo:2vo+2wy 2wz.2vo:2vo+2wz 2x0.2vo:2vo+2x0 2ww.2vp:2vp+2ww 2wx.2vp:2vp+2wx
2wy.2vp:2vp+2wy 2wz.2vp:2vp+2wz 2x0.2vp:2vp+2x0 2ww.2vq:2vq+2ww 2wx.2vq:2vq+2wx 2wy.2vq:2vq+2wy 2wz.2vq:2vq+2wz 2x0.2vq:2vq+2x0
2ww.2vr:2vr+2ww 2wx.2vr:2vr+2wx 2wy.2vr:2vr+2wy 2wz.2vr:2vr+2wz 2x0.2vr:2vr+2x0 2ww.2vs:2vs+2ww 2wx.2vs:2vs+2wx 2wy.2vs:2vs+2wy
2wz.2vs:2vs+2wz 2x0.2vs:2vs+2x0 2ww.2vt:2vt+2ww 2wx.2vt:2vt+2wx 2wy.2vt:2vt+2wy 2wz.2vt:2vt+2wz 2x0.2vt:2vt+2x0 2ww.2vu:2vu+2ww
2wx.2vu:2vu+2wx 2wy.2vu:2vu+2wy 2wz.2vu:2vu+2wz 2x0.2vu:2vu+2x0 2ww.2vv:2vv+2ww 2wx.2vv:2vv+2wx 2wy.2vv:2vv+2wy 2wz.2vv:2vv+2wz
2x0.2vv:2vv+2x0 2ww.2vw:2vw+2ww 2wx.2vw:2vw+2wx 2wy.2vw:2vw+2wy 2wz.2vw:2vw+2wz 2x0.2vw:2vw+2x0 2ww.2vx:2vx+2ww 2wx.2vx:2vx+2wx
2wy.2vx:2vx+2wy 2wz.2vx:2vx+2wz 2x0.2vx:2vx+2x0 2ww.2vy:2vy+2ww 2wx.2vy:2vy+2wx 2wy.2vy:2vy+2wy 2wz.2vy:2vy+2wz 2x0.2vy:2vy+2x0
2ww.2vz:2vz+2ww 2wx.2vz:2vz+2wx 2wy.2vz:2vz+2wy 2wz.2vz:2vz+2wz 2x0.2vz:2vz+2x0 2ww.2w0:2w0+2ww 2wx.2w0:2w0+2wx 2wy.2w0:2w0+2wy
2wz.2w0:2w0+2wz 2x0.2w0:2w0+2x0 2ww.2w1:2w1+2ww 2wx.2w1:2w1+2wx 2wy.2w1:2w1+2wy 2wz.2w1:2w1+2wz 2x0.2w1:2w1+2x0 2ww.2w2:2w2+2ww
2wx.2w2:2w2+2wx 2wy.2w2:2w2+2wy 2wz.2w2:2w2+2wz 2x0.2w2:2w2+2x0 2ww.2w3:2w3+2ww 2wx.2w3:2w3+2wx 2wy.2w3:2w3+2wy 2wz.2w3:2w3+2wz
2x0.2w3:2w3+2x0 2ww.2w5:2w5+2ww 2wx.2w5:2w5+2wx 2wy.2w5:2w5+2wy 2wz.2w5:2w5+2wz 2x0.2w5:2w5+2x0 2ww.2w7:2w7+2ww 2wx.2w7:2w7+2wx
2wy.2w7:2w7+2wy 2wz.2w7:2w7+2wz 2x0.2w7:2w7+2x0 2ww.2w8:2w8+2ww 2wx.2w8:2w8+2wx 2wy.2w8:2w8+2wy 2wz.2w8:2w8+2wz 2x0.2w8:2w8+2x0
2ww.2w9:2w9+2ww 2wx.2w9:2w9+2wx 2wy.2w9:2w9+2wy 2wz.2w9:2w9+2wz 2x0.2w9:2w9+2x0 2ww.2wb:2wb+2ww 2wx.2wb:2wb+2wx 2wy.2wb:2wb+2wy
2wz.2wb:2wb+2wz 2x0.2wb:2wb+2x0 2ww.2wc:2wc+2ww 2wx.2wc:2wc+2wx 2wy.2wc:2wc+2wy 2wz.2wc:2wc+2wz 2x0.2wc:2wc+2x0 2ww.2wd:2wd+2ww
2wx.2wd:2wd+2wx 2wy.2wd:2wd+2wy 2wz.2wd:2wd+2wz 2x0.2wd:2wd+2x0 2ww.2we:2we+2ww 2wx.2we:2we+2wx 2wy.2we:2we+2wy 2wz.2we:2we+2wz
2x0.2we:2we+2x0 xpx.xog:xog+xpx xpy.xog:xog+xpy xq1.xog:xog+xq1 xq3.xog:xog+xq3 xq4.xog:xog+xq4 xpx.xoh:xoh+xpx xpy.xoh:xoh+xpy
xq1.xoh:xoh+xq1 xq3.xoh:xoh+xq3 xq4.xoh:xoh+xq4 xpx.xoi:xoi+xpx xpy.xoi:xoi+xpy xq1.xoi:xoi+xq1 xq3.xoi:xoi+xq3 xq4.xoi:xoi+xq4
xpx.xoj:xoj+xpx xpy.xoj:xoj+xpy xq1.xoj:xoj+xq1 xq3.xoj:xoj+xq3 xq4.xoj:xoj+xq4 xpx.xok:xok+xpx xpy.xok:xok+xpy xq1.xok:xok+xq1
xq3.xok:xok+xq3 xq4.xok:xok+xq4 xpx.xol:xol+xpx xpy.xol:xol+xpy xq1.xol:xol+xq1 xq3.xol:xol+xq3 xq4.xol:xol+xq4 xpx.xom:xom+xpx
xpy.xom:xom+xpy xq1.xom:xom+xq1 xq3.xom:xom+xq3 xq4.xom:xom+xq4 xpx.xon:xon+xpx xpy.xon:xon+xpy xq1.xon:xon+xq1 xq3.xon:xon+xq3
xq4.xon:xon+xq4 xpx.xoo:xoo+xpx xpy.xoo:xoo+xpy xq1.xoo:xoo+xq1 xq3.xoo:xoo+xq3 xq4.xoo:xoo+xq4 xpx.xop:xop+xpx xpy.xop:xop+xpy
xq1.xop:xop+xq1 xq3.xop:xop+xq3 xq4.xop:xop+xq4 xpx.xoq:xoq+xpx xpy.xoq:xoq+xpy xq1.xoq:xoq+xq1 xq3.xoq:xoq+xq3 xq4.xoq:xoq+xq4
xpx.xor:xor+xpx xpy.xor:xor+xpy xq1.xor:xor+xq1 xq3.xor:xor+xq3 xq4.xor:xor+xq4 xpx.xos:xos+xpx xpy.xos:xos+xpy xq1.xos:xos+xq1
xq3.xos:xos+xq3 xq4.xos:xos+xq4 xpx.xot:xot+xpx xpy.xot:xot+xpy xq1.xot:xot+xq1 xq3.xot:xot+xq3 xq4.xot:xot+xq4 xpx.xou:xou+xpx
xpy.xou:xou+xpy xq1.xou:xou+xq1 xq3.xou:xou+xq3 xq4.xou:xou+xq4 xpx.xov:xov+xpx xpy.xov:xov+xpy xq1.xov:xov+xq1 xq3.xov:xov+xq3
xq4.xov:xov+xq4 xpx.xow:xow+xpx xpy.xow:xow+xpy xq1.xow:xow+xq1 xq3.xow:xow+xq3 xq4.xow:xow+xq4 xpx.xox:xox+xpx xpy.xox:xox+xpy
xq1.xox:xox+xq1 xq3.xox:xox+xq3 xq4.xox:xox+xq4 xpx.xoy:xoy+xpx xpy.xoy:xoy+xpy xq1.xoy:xoy+xq1 xq3.xoy:xoy+xq3 xq4.xoy:xoy+xq4
xpx.xoz:xoz+xpx xpy.xoz:xoz+xpy xq1.xoz:xoz+xq1 xq3.xoz:xoz+xq3 xq4.xoz:xoz+xq4 xpx.xp0:xp0+xpx xpy.xp0:xp0+xpy xq1.xp0:xp0+xq1
xq3.xp0:xp0+xq3 xq4.xp0:xp0+xq4 xpx.xp1:xp1+xpx xpy.xp1:xp1+xpy xq1.xp1:xp1+xq1 xq3.xp1:xp1+xq3 xq4.xp1:xp1+xq4 xpx.xp2:xp2+xpx
xpy.xp2:xp2+xpy xq1.xp2:xp2+xq1 xq3.xp2:xp2+xq3 xq4.xp2:xp2+xq4 xpx.xp3:xp3+xpx xpy.xp3:xp3+xpy xq1.xp3:xp3+xq1 xq3.xp3:xp3+xq3
xq4.xp3:xp3+xq4 xpx.xp4:xp4+xpx xpy.xp4:xp4+xpy xq1.xp4:xp4+xq1 xq3.xp4:xp4+xq3 xq4.xp4:xp4+xq4 xpx.xp5:xp5+xpx xpy.xp5:xp5+xpy
xq1.xp5:xp5+xq1 xq3.xp5:xp5+xq3 xq4.xp5:xp5+xq4 xpx.xp6:xp6+xpx xpy.xp6:xp6+xpy xq1.xp6:xp6+xq1 xq3.xp6:xp6+xq3 xq4.xp6:xp6+xq4
xpx.xp7:xp7+xpx xpy.xp7:xp7+xpy xq1.xp7:xp7+xq1 xq3.xp7:xp7+xq3 xq4.xp7:xp7+xq4 xpx.xp8:xp8+xpx xpy.xp8:xp8+xpy xq1.xp8:xp8+xq1
xq3.xp8:xp8+xq3 xq4.xp8:xp8+xq4 xpx.xp9:xp9+xpx xpy.xp9:xp9+xpy xq1.xp9:xp9+xq1 xq3.xp9:xp9+xq3 xq4.xp9:xp9+xq4 xpx.xpa:xpa+xpx
xpy.xpa:xpa+xpy xq1.xpa:xpa+xq1 xq3.xpa:xpa+xq3 xq4.xpa:xpa+xq4 xpx.xpb:xpb+xpx xpy.xpb:xpb+xpy xq1.xpb:xpb+xq1 xq3.xpb:xpb+xq3
xq4.xpb:xpb+xq4 xpx.xpc:xpc+xpx xpy.xpc:xpc+xpy xq1.xpc:xpc+xq1 xq3.xpc:xpc+xq3 xq4.xpc:xpc+xq4 xpx.xpd:xpd+xpx xpy.xpd:xpd+xpy
xq1.xpd:xpd+xq1 xq3.xpd:xpd+xq3 xq4.xpd:xpd+xq4 xpx.xpe:xpe+xpx xpy.xpe:xpe+xpy xq1.xpe:xpe+xq1 xq3.xpe:xpe+xq3 xq4.xpe:xpe+xq4
xpx.xpf:xpf+xpx xpy.xpf:xpf+xpy xq1.xpf:xpf+xq1 xq3.xpf:xpf+xq3 xq4.xpf:xpf+xq4 xpx.xpg:xpg+xpx xpy.xpg:xpg+xpy xq1.xpg:xpg+xq1
xq3.xpg:xpg+xq3 xq4.xpg:xpg+xq4 xpx.xph:xph+xpx xpy.xph:xph+xpy xq1.xph:xph+xq1 xq3.xph:xph+xq3 xq4.xph:xph+xq4 xpx.xpi:xpi+xpx
xpy.xpi:xpi+xpy xq1.xpi:xpi+xq1 xq3.xpi:xpi+xq3 xq4.xpi:xpi+xq4 xpx.xpj:xpj+xpx xpy.xpj:xpj+xpy xq1.xpj:xpj+xq1 xq3.xpj:xpj+xq3
xq4.xpj:xpj+xq4 xpx.xpk:xpk+xpx xpy.xpk:xpk+xpy xq1.xpk:xpk+xq1 xq3.xpk:xpk+xq3 xq4.xpk:xpk+xq4 xpx.xpl:xpl+xpx xpy.xpl:xpl+xpy
xq1.xpl:xpl+xq1 xq3.xpl:xpl+xq3 xq4.xpl:xpl+xq4 xpx.xpm:xpm+xpx xpy.xpm:xpm+xpy xq1.xpm:xpm+xq1 xq3.xpm:xpm+xq3 xq4.xpm:xpm+xq4
xpx.xpn:xpn+xpx xpy.xpn:xpn+xpy xq1.xpn:xpn+xq1 xq3.xpn:xpn+xq3 xq4.xpn:xpn+xq4 xpx.xpo:xpo+xpx xpy.xpo:xpo+xpy xq1.xpo:xpo+xq1
xq3.xpo:xpo+xq3 xq4.xpo:xpo+xq4 xpx.xpp:xpp+xpx xpy.xpp:xpp+xpy xq1.xpp:xpp+xq1 xq3.xpp:xpp+xq3 xq4.xpp:xpp+xq4 xpx.xpq:xpq+xpx
xpy.xpq:xpq+xpy xq1.xpq:xpq+xq1 xq3.xpq:xpq+xq3 xq4.xpq:xpq+xq4 xpx.xpr:xpr+xpx xpy.xpr:xpr+xpy xq1.xpr:xpr+xq1 xq3.xpr:xpr+xq3
xq4.xpr:xpr+xq4 33u:33h+l2io:1 33v:33l+l2io:1 31m:31e+l2io:1 33w:33m+l2io:1 2yo:31k+l2ix+324 4yl:4y0+4yx:1 4ym:4y3+4yy:1
37j:36m+37d+36m:1 52t.51c:51c+52t 52u.51c:51c+52u 52v.51c:51c+52v 52y.51c:51c+52y 52t.51d:51d+52t 52u.51d:51d+52u 52v.51d:51d+52v
52y.51d:51d+52y 52t.51e:51e+52t 52u.51e:51e+52u 52v.51e:51e+52v 52y.51e:51e+52y 52t.51f:51f+52t 52u.51f:51f+52u 52v.51f:51f+52v
52y.51f:51f+52y 52t.51g:51g+52t 52u.51g:51g+52u 52v.51g:51g+52v 52y.51g:51g+52y 52t.51h:51h+52t 52u.51h:51h+52u 52v.51h:51h+52v
52y.51h:51h+52y 52t.51i:51i+52t 52u.51i:51i+52u 52v.51i:51i+52v 52y.51i:51i+52y 52t.51j:51j+52t 52u.51j:51j+52u 52v.51j:51j+52v
52y.51j:51j+52y 52t.51k:51k+52t 52u.51k:51k+52u 52v.51k:51k+52v 52y.51k:51k+52y 52t.51l:51l+52t 52u.51l:51l+52u 52v.51l:51l+52v
52y.51l:51l+52y 52t.51m:51m+52t 52u.51m:51m+52u 52v.51m:51m+52v 52y.51m:51m+52y 52t.51n:51n+52t 52u.51n:51n+52u 52v.51n:51n+52v
52y.51n:51n+52y 52t.51o:51o+52t 52u.51o:51o+52u 52v.51o:51o+52v 52y.51o:51o+52y 52t.51p:51p+52t 52u.51p:51p+52u 52v.51p:51p+52v
52y.51p:51p+52y 52t.51q:51q+52t 52u.51q:51q+52u 52v.51q:51q+52v 52y.51q:51q+52y 52t.51r:51r+52t 52u.51r:51r+52u 52v.51r:51r+52v
52y.51r:51r+52y 52t.51s:51s+52t 52u.51s:51s+52u 52v.51s:51s+52v 52y.51s:51s+52y 52t.51t:51t+52t 52u.51t:51t+52u 52v.51t:51t+52v
52y.51t:51t+52y 52t.51u:51u+52t 52u.51u:51u+52u 52v.51u:51u+52v 52y.51u:51u+52y 52t.51v:51v+52t 52u.51v:51v+52u 52v.51v:51v+52v
52y.51v:51v+52y 52t.51w:51w+52t 52u.51w:51w+52u 52v.51w:51w+52v 52y.51w:51w+52y 52t.51x:51x+52t 52u.51x:51x+52u 52v.51x:51x+52v
52y.51x:51x+52y 52t.51y:51y+52t 52u.51y:51y+52u 52v.51y:51y+52v 52y.51y:51y+52y 52t.51z:51z+52t 52u.51z:51z+52u 52v.51z:51z+52v
52y.51z:51z+52y 52t.520:520+52t 52u.520:520+52u 52v.520:520+52v 52y.520:520+52y 52t.521:521+52t 52u.521:521+52u 52v.521:521+52v
52y.521:521+52y 52t.522:522+52t 52u.522:522+52u 52v.522:522+52v 52y.522:522+52y 52t.523:523+52t 52u.523:523+52u 52v.523:523+52v
52y.523:523+52y 52t.524:524+52t 52u.524:524+52u 53y:524+52u:1 53z:524+52u+535:1 52v.524:524+52v 52y.524:524+52y 52t.525:525+52t
52u.525:525+52u 52v.525:525+52v 52y.525:525+52y 52t.526:526+52t 52u.526:526+52u 52v.526:526+52v 52y.526:526+52y 52t.527:527+52t
52u.527:527+52u 52v.527:527+52v 52y.527:527+52y 52t.528:528+52t 52u.528:528+52u 52v.528:528+52v 52y.528:528+52y 52t.529:529+52t
52u.529:529+52u 52v.529:529+52v 52y.529:529+52y 52t.52a:52a+52t 52u.52a:52a+52u 52v.52a:52a+52v 52y.52a:52a+52y 52t.52b:52b+52t
52u.52b:52b+52u 52v.52b:52b+52v 52y.52b:52b+52y 52t.52c:52c+52t 52u.52c:52c+52u 52v.52c:52c+52v 52y.52c:52c+52y 52t.52d:52d+52t
52u.52d:52d+52u 52v.52d:52d+52v 52y.52d:52d+52y 52t.52e:52e+52t 52u.52e:52e+52u 52v.52e:52e+52v 52y.52e:52e+52y 52t.52f:52f+52t
52u.52f:52f+52u 52v.52f:52f+52v 52y.52f:52f+52y 52t.52g:52g+52t 52u.52g:52g+52u 52v.52g:52g+52v 52y.52g:52g+52y 52t.52h:52h+52t
52u.52h:52h+52u 52v.52h:52h+52v 52y.52h:52h+52y 52t.52i:52i+52t 52u.52i:52i+52u 52v.52i:52i+52v 52y.52i:52i+52y 52t.52j:52j+52t
52u.52j:52j+52u 52v.52j:52j+52v 52y.52j:52j+52y 578:56u+57k+56u:1 5e4:5cq+5dw+5cs:1 4gx:4gw+l2io:1 4h0:4gy+l2io:1 4h1:4gy+l2ip:1
4h3:4h2+l2io:1 4j4:4h2+4h2:1 4h5:4h4+l2io:1 4h8:4h4+l2ip:1 4h9:4h4+l2iq:1 4ha:4h4+l2ir:1 4hf:4he+l2io:1 4hg:4he+l2ip:1
4hh:4he+l2iq:1 4hi:4he+l2ir:1 4ix:4hl+l2io:1 4hn:4hm+l2io:1 4ho:4hm+l2ip:1 4hp:4hm+l2iq:1 4hr:4hq+l2io:1 4hs:4hq+l2ip:1
4hu:4ht+l2io:1 4hw:4hv+l2io:1 4hy:4hx+l2io:1 4j2:4hx+4ii:1 4id:4i0+l2io:1 4i3:4i2+l2io:1 4iy:4i2+l2ip:1 4i4:4i2+l2iq:1
4i5:4i2+l2ir:1 4i6:4i2+l2is:1 4i8:4i7+l2io:1 4i9:4i7+l2ip:1 4ib:4ia+l2io:1 4ic:4ia+l2ip:1 4ig:4if+l2io:1 4ih:4if+l2ip:1
4j3:4if+l2io+4if 4ij:4ii+l2io:1 4il:4ik+l2io:1 4iv:4iu+l2io:1 4iw:4iu+l2ip:1 1h35:1h34+l2io:1 1h1d:1h34+l2io:2 1h3e:1h3d+l2io:1
1h1m:1h3d+l2io:2 1h3f:1h3d+l2ip:1 1h1n:1h3d+l2ip:2 1h3l:1h3k+l2io:1 1h1t:1h3k+l2io:2 1h3w:1h3v+l2io:1 1h24:1h3v+l2io:2
1h3y:1h3x+l2io:1 1h26:1h3x+l2io:2 1h3z:1h3x+l2ip:1 1h27:1h3x+l2ip:2 1h43:1h42+l2io:1 1h2b:1h42+l2io:2 1h4b:1h4a+l2io:1
1h2j:1h4a+l2io:2 1h4d:1h4c+l2io:1 1h2l:1h4c+l2io:2 1gxt:1gxs+l2io:1 1gxw:1gxv+l2io:1 1gy0:1gxz+l2io:1 1gy2:1gy1+l2io:1
1gy4:1gy3+l2io:1 1gy6:1gy5+l2io:1 1gy8:1gy7+l2io:1 1gya:1gy9+l2io:1 1gyd:1gyc+l2io:1 1gyf:1gye+l2io:1 1gyh:1gyg+l2io:1
1gyj:1gyi+l2io:1 1gyl:1gyk+l2io:1 1gyn:1gym+l2io:1 1gyt:1gys+l2io:1 1gyv:1gyu+l2io:1 1gyx:1gyw+l2io:1 1gyz:1gyy+l2io:1
1gz2:1gz1+l2io:1 1gz7:1gz6+l2io:1 1gz9:1gz8+l2io:1 1gzb:1gza+l2io:1 1gzd:1gzc+l2io:1 1gzf:1gze+l2io:1 1gzk:1gzj+l2io:1
1gzm:1gzl+l2io:1 1gzo:1gzn+l2io:1 1gzq:1gzp+l2io:1 wsz:wlo+wsr:1 wt0:wm6+wsr:1 wt1:wmr+wsr:1 wt2:wnb+wss:1 wt3:wnm+wsr:1
wt4:wns+wss:1 wt5:wnu+wss:1 wt6:wo0+wsr:1 wt7:wp1+wsr:1 wt8:wqc+wsr:1 wt9:wqz+wsr:1 wta:wr5+wss:1 wtb:wrc+wsr:1 9hi:9jr+9kx:1
9j0:9ku+9jt:1 9sw:9ol+l2io:1 9sz:9ot+l2io:1 9sy:9ow+l2io:1 9sx:9p3+l2io:1 9t5:9p6+l2io:1 9t3:9p7+l2io:1 9t1:9t0+l2io:1
9ta:9pa+l2io:1 9tb:9pc+l2io:1 9t6:9pj+l2io:1 9tf:9pj+l2io:2 9t7:9pk+l2io:1 9t4:9pk+l2ip:1 1gry:1grx+l2io:1 1hpy:1hpi+1hpl:1
1gp4:1gp3+l2io:1 1hjk:1hji+l2io:1 1hjn:1hjm+l2io:1 1hk7:1hjm+1hjs:1 1hjr:1hjp+l2io:1 1hjw:1hju+l2io:1 1hl1:1hkx+l2io:1
1gg0:1ggw+l2io:1 1gg1:1ggx+l2io:1 1gg2:1ggy+l2io:1 1gg3:1ggz+l2io:1 1gg4:1gh0+l2io:1 1gg5:1gh1+l2io:1 1gg6:1gh2+l2io:1
1gg7:1gh2+l2ip:1 1gg8:1gh3+l2io:1 1gg9:1gh4+l2io:1 1gga:1gh5+l2io:1 1ggb:1gh5+l2ip:1 1ggc:1gh6+l2io:1 1ggd:1gh6+l2ip:1
1gge:1gh7+l2io:1 1ggf:1gh7+l2ip:1 1ggg:1gh8+l2io:1 1ggh:1gh9+l2io:1 1ggi:1gha+l2io:1 1ghc:1ghb+l2io:1 1ggj:1ghb+l2ip:1
1ggk:1ghb+l2iq:1 1ggl:1ghd+l2io:1 1ggm:1ghe+l2io:1 1ggn:1ghf+l2io:1 1ggo:1ghg+l2io:1 1ggp:1ghg+l2ip:1 1ggq:1ghh+l2io:1
1ggr:1ghh+l2ip:1 1ggs:1ghi+l2io:1 1ggt:1ghj+l2io:1 971:970+l2io:1 972:974+l2io:1 975:973+l2io:1 97p:97o+l2io:1 985:982+l2io:1
983:981+l2io:1 984:981+l2ip:1 987:986+l2io:1 98f:98e+l2io:1 98g:98e+l2ip:1 98n:98m+l2io:1 98t:98s+l2io:1 98u:98s+l2ip:1
99a:99b+l2io:1 99u:99t+l2io:1`;
