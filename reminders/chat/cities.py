"""Cities people name that give no time zone its name, and well-known places of each way of keeping time."""

CITIES = """
Europe/Berlin: munich, hamburg, cologne, koln, frankfurt, stuttgart, dusseldorf, leipzig, munchen
Europe/Berlin: dresden
Europe/London: manchester, birmingham, edinburgh, glasgow, liverpool, leeds, bristol, cardiff
Europe/London: england, scotland, wales, uk
Europe/Paris: lyon, marseille, toulouse, nice, bordeaux, lille, nantes, strasbourg
Europe/Madrid: barcelona, valencia, seville, sevilla, bilbao, malaga
Europe/Rome: milan, milano, naples, napoli, turin, torino, florence, firenze, venice, bologna, roma
Europe/Lisbon: porto, lisboa
Europe/Zurich: geneva, basel, bern, genf, geneve, zuerich
Europe/Vienna: wien, graz, salzburg, linz
Europe/Warsaw: krakow, gdansk, wroclaw, poznan, lodz
Europe/Moscow: saint petersburg, st petersburg, moskva, sochi, kazan
Europe/Kiev: kyiv, lviv, odesa, odessa, kharkiv
Europe/Amsterdam: rotterdam, the hague, den haag, utrecht, eindhoven
Europe/Brussels: antwerp, ghent, bruges, bruxelles
Europe/Prague: praha, brno
Europe/Stockholm: gothenburg, goteborg, malmo
Europe/Istanbul: ankara, izmir, antalya
Asia/Yekaterinburg: ekaterinburg, perm, chelyabinsk, ufa
Asia/Tel_Aviv: haifa
America/New_York: boston, washington, miami, atlanta, philadelphia, new york city, nyc, orlando
America/New_York: baltimore, pittsburgh, cleveland, charlotte
America/Chicago: houston, dallas, austin, san antonio, minneapolis, new orleans, milwaukee, kansas
America/Chicago: city, st louis, nashville
America/Denver: salt lake city, albuquerque, colorado springs
America/Phoenix: tucson
America/Los_Angeles: san francisco, san diego, seattle, las vegas, portland, san jose, oakland
America/Los_Angeles: sacramento, la, sf
America/Toronto: ottawa, montreal, quebec
America/Edmonton: calgary
America/Vancouver: victoria
America/Mexico_City: guadalajara, puebla
America/Sao_Paulo: rio de janeiro, rio, brasilia, belo horizonte, curitiba, porto alegre
America/Argentina/Buenos_Aires: cordoba, rosario
America/Bogota: medellin, cali
Asia/Kolkata: mumbai, delhi, new delhi, bangalore, bengaluru, chennai, hyderabad, pune, bombay, goa
Asia/Shanghai: beijing, shenzhen, guangzhou, chengdu, wuhan
Asia/Tokyo: osaka, kyoto, nagoya, yokohama, sapporo
Asia/Karachi: lahore, islamabad
Asia/Ho_Chi_Minh: hanoi, da nang
Asia/Dubai: abu dhabi, sharjah
Asia/Riyadh: jeddah, mecca
Asia/Makassar: bali, denpasar
Africa/Johannesburg: cape town, durban, pretoria
Africa/Lagos: abuja
Australia/Sydney: canberra
Pacific/Auckland: wellington, christchurch
Pacific/Honolulu: hawaii
Asia/Almaty: astana
"""

# The first that fits names a button.
KNOWN = """
Europe/London Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Kiev Europe/Athens
Europe/Moscow Europe/Istanbul Africa/Lagos Africa/Cairo Africa/Johannesburg Africa/Nairobi
Asia/Jerusalem Asia/Dubai Asia/Tehran Asia/Kabul Asia/Karachi Asia/Tashkent Asia/Kolkata
Asia/Kathmandu Asia/Dhaka Asia/Almaty Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Shanghai
Asia/Singapore Asia/Tokyo Asia/Seoul Australia/Perth Australia/Darwin Australia/Brisbane
Australia/Sydney Australia/Adelaide Pacific/Auckland Pacific/Honolulu America/Anchorage
America/Los_Angeles America/Phoenix America/Denver America/Mexico_City America/Chicago
America/Bogota America/Lima America/New_York America/Caracas America/Halifax America/Santiago
America/Sao_Paulo America/Argentina/Buenos_Aires America/St_Johns Atlantic/Azores
Atlantic/Reykjavik
"""
